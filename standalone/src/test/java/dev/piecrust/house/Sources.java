package dev.piecrust.house;

import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The Java sources of a folder, as the compiler parses them. */
final class Sources {
  private Sources() {}

  /**
   * Looks through them, file by file.
   *
   * @param scanner made for the parsing
   * @return the scanner when it is done
   */
  static <S extends TreePathScanner<Void, Void>> S scan(Path folder, Function<JavacTask, S> scanner)
      throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (Stream<Path> files = Files.walk(folder);
        StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      List<Path> sources =
          files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(sources));
      S made = scanner.apply(task);
      made.scan(task.parse(), null);
      return made;
    }
  }
}
