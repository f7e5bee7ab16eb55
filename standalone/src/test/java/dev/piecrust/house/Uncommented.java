package dev.piecrust.house;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/**
 * Finds what is public in source files and has no documentation comment. None is asked of members
 * of other than public types, of overrides, which inherit one, and of compact constructors, for
 * which the record's own comment speaks.
 */
final class Uncommented extends TreePathScanner<Void, Void> {
  private final Path root;
  private final DocTrees docs;
  private final List<String> found = new ArrayList<>();

  private Uncommented(Path root, DocTrees docs) {
    this.root = root;
    this.docs = docs;
  }

  /**
   * Looks through a folder of sources.
   *
   * @param root what the files are named from
   * @param folder within the root
   * @return {@code file:line member}, file by file
   */
  static List<String> in(Path root, String folder) throws IOException {
    return Sources.scan(
            root.resolve(folder), task -> new Uncommented(root, DocTrees.instance(task)))
        .found;
  }

  @Override
  public Void visitClass(ClassTree type, Void unused) {
    if (!isPublic(type.getModifiers())) {
      return null;
    }
    require(type, "");
    return super.visitClass(type, null);
  }

  /** Does not descend: what is declared in a body is nobody else's. */
  @Override
  public Void visitMethod(MethodTree method, Void unused) {
    if (isPublic(method.getModifiers()) && !isOverride(method) && !isCompact(method)) {
      boolean constructor = method.getReturnType() == null;
      require(method, constructor ? "()" : "." + method.getName() + "()");
    }
    return null;
  }

  @Override
  public Void visitVariable(VariableTree field, Void unused) {
    if (isPublic(field.getModifiers())) {
      require(field, "." + field.getName());
    }
    return null;
  }

  /** Whether the declaration that is visited says so, or stands in an interface. */
  private boolean isPublic(ModifiersTree modifiers) {
    Tree around = getCurrentPath().getParentPath().getLeaf();
    return modifiers.getFlags().contains(Modifier.PUBLIC)
        || (isInterface(around) && !modifiers.getFlags().contains(Modifier.PRIVATE));
  }

  private static boolean isInterface(Tree tree) {
    return tree.getKind() == Tree.Kind.INTERFACE || tree.getKind() == Tree.Kind.ANNOTATION_TYPE;
  }

  private static boolean isOverride(MethodTree method) {
    return method.getModifiers().getAnnotations().stream()
        .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
  }

  /** The parser takes its parameters from the record's header, which stands in front of it. */
  private boolean isCompact(MethodTree method) {
    return method.getReturnType() == null
        && method.getParameters().stream().anyMatch(taken -> start(taken) < start(method));
  }

  private void require(Tree declaration, String member) {
    String comment = docs.getDocComment(getCurrentPath());
    if (comment == null || comment.isBlank()) {
      CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
      found.add(
          "%s:%d %s%s"
              .formatted(
                  root.relativize(Path.of(unit.getSourceFile().toUri())),
                  unit.getLineMap().getLineNumber(start(declaration)),
                  enclosing(),
                  member));
    }
  }

  private long start(Tree tree) {
    return docs.getSourcePositions().getStartPosition(getCurrentPath().getCompilationUnit(), tree);
  }

  /** The types around what is visited, from the outermost to itself where it is one. */
  private String enclosing() {
    List<String> names = new ArrayList<>();
    for (Tree tree : getCurrentPath()) {
      if (tree instanceof ClassTree type) {
        names.add(0, type.getSimpleName().toString());
      }
    }
    return String.join(".", names);
  }
}
