package dev.piecrust.prune.method;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.piecrust.campaign.Corruption;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.prune.ToySubject;
import dev.piecrust.spec.SpecReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A new scoring method is a class of its own, a constant and a line, as docs/extending.md says: the
 * program is compiled with these three, reads a spec that names the method, and scores with it.
 */
final class NewMethodTest {
  private static final Path CONSTANT =
      Path.of("../activities/src/main/java/dev/piecrust/campaign/Method.java");
  private static final Path LINE =
      Path.of("src/main/java/dev/piecrust/prune/method/MethodCode.java");
  private static final Path CLASS =
      Path.of("src/test/resources/new-method/ActivationSquared.java.txt");

  @TempDir Path folder;

  @Test
  void threeFilesMakeAMethodThatSpecsNameAndThatScores() throws Exception {
    Path changed = Files.createDirectories(folder.resolve("changed"));
    List<Path> sources =
        List.of(
            copy(CLASS, "ActivationSquared.java", "", ""),
            copy(
                CONSTANT,
                "Method.java",
                "  RANDOM(",
                "  ACTIVATION_SQUARED(\"activation-squared\", Kind.SCORES),\n"),
            copy(
                LINE,
                "MethodCode.java",
                "      case RANDOM ->",
                """
                      case ACTIVATION_SQUARED ->
                          scores(spec -> new ActivationSquared(), spec -> Range.ZERO);
                """));
    compile(sources, changed);

    Object scores = new Changed(changed).call(Scores.class, folder);

    // The squares of the toy's clean activations, which ToyScoresTest has.
    assertThat(scores).isEqualTo(List.of(4f, 1f, 16f, 4f));
  }

  /** What the changed program does with a spec that names the method. */
  static final class Scores implements Callable<Object> {
    private final Path folder;

    Scores(Path folder) {
      this.folder = folder;
    }

    @Override
    public Object call() throws IOException {
      PruneSpec spec =
          SpecReader.parse(
                  """
                  name: squared
                  subject: {model: %1$s, transcoder: %1$s}
                  tasks: [{kind: ioi, prompts: 2}]
                  prune: {methods: [activation-squared], budgets: [1]}
                  """
                      .formatted(folder),
                  folder,
                  "spec.yaml")
              .prune();
      Method method = spec.methods().get(0);
      try (ToySubject toy = new ToySubject(folder);
          var batch = toy.batch(Corruption.PROMPT)) {
        float[] scores = ScoringMethods.runs(method, spec).get(0).score(batch).get(0);
        return Stream.iterate(0, i -> i < scores.length, i -> i + 1).map(i -> scores[i]).toList();
      }
    }
  }

  private Path copy(Path source, String name, String before, String inserted) throws IOException {
    String text = Files.readString(source);
    assertThat(text).containsOnlyOnce(before.isEmpty() ? "package " : before);
    return Files.writeString(
        folder.resolve(name), before.isEmpty() ? text : text.replace(before, inserted + before));
  }

  private static void compile(List<Path> sources, Path classes) throws IOException {
    JavaCompiler compiler = requireNonNull(ToolProvider.getSystemJavaCompiler());
    String known =
        Stream.of(
                Method.class,
                ScoringMethod.class,
                NDManager.class,
                JsonValue.class,
                NullMarked.class)
            .map(NewMethodTest::origin)
            .collect(Collectors.joining(File.pathSeparator));
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  said,
                  files,
                  null,
                  List.of("-proc:none", "-nowarn", "-d", classes.toString(), "-cp", known),
                  null,
                  files.getJavaFileObjectsFromPaths(sources))
              .call();
      assertThat(compiled).as(said.toString()).isTrue();
    }
  }

  private static String origin(Class<?> type) {
    CodeSource source = requireNonNull(type.getProtectionDomain().getCodeSource());
    return Path.of(URI.create(source.getLocation().toString())).toString();
  }

  /** The program, with classes of a folder in place of its own. */
  private static final class Changed extends ClassLoader {
    private final Path classes;

    Changed(Path classes) {
      super(NewMethodTest.class.getClassLoader());
      this.classes = classes;
    }

    Object call(Class<? extends Callable<Object>> type, Path folder) throws Exception {
      var made = loadClass(type.getName(), true).getDeclaredConstructor(Path.class);
      made.setAccessible(true);
      return ((Callable<?>) made.newInstance(folder)).call();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("dev.piecrust.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? define(name) : loaded;
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      String file = name.replace('.', '/') + ".class";
      try (InputStream stream = open(file)) {
        if (stream == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = stream.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }

    private @Nullable InputStream open(String file) throws IOException {
      Path own = classes.resolve(file);
      return Files.exists(own) ? Files.newInputStream(own) : getParent().getResourceAsStream(file);
    }
  }
}
