package dev.piecrust.house;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds calls of {@code user}, which refuse what a user did, whose sentence does not say what was
 * expected. One that ends with something that is put in may leave that to it.
 */
final class Refusals extends TreePathScanner<Void, Void> {
  private static final Pattern LEFT_TO_ANOTHER = Pattern.compile("(^|[:,] )%s$");

  private final Path root;
  private final Trees trees;
  private final List<String> found = new ArrayList<>();

  private Refusals(Path root, Trees trees) {
    this.root = root;
    this.trees = trees;
  }

  /**
   * Looks through a folder of sources.
   *
   * @param root what the files are named from
   * @param folder within the root
   * @return {@code file:line sentence}, file by file
   */
  static List<String> silentIn(Path root, String folder) throws IOException {
    return Sources.scan(root.resolve(folder), task -> new Refusals(root, Trees.instance(task)))
        .found;
  }

  @Override
  public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
    String name = call.getMethodSelect().toString();
    if ((name.equals("user") || name.endsWith(".user")) && !call.getArguments().isEmpty()) {
      String sentence = texts(call.getArguments().get(0));
      if (!sentence.contains("expected") && !LEFT_TO_ANOTHER.matcher(sentence).find()) {
        found.add("%s %s".formatted(place(call), sentence));
      }
    }
    return super.visitMethodInvocation(call, null);
  }

  private static String texts(Tree argument) {
    StringBuilder texts = new StringBuilder();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitLiteral(LiteralTree literal, Void unused) {
        texts.append(literal.getValue());
        return null;
      }
    }.scan(argument, null);
    return texts.toString();
  }

  private String place(Tree tree) {
    CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
    return "%s:%d"
        .formatted(
            root.relativize(Path.of(unit.getSourceFile().toUri())),
            unit.getLineMap()
                .getLineNumber(trees.getSourcePositions().getStartPosition(unit, tree)));
  }
}
