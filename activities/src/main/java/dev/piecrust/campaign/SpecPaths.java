package dev.piecrust.campaign;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/** Resolves the paths of a spec against its folder, and checks that they are there. */
final class SpecPaths {
  private final Path base;
  private final SpecProblems problems;

  SpecPaths(Path base, SpecProblems problems) {
    this.base = base.toAbsolutePath().normalize();
    this.problems = problems;
  }

  Optional<String> folder(String path, Node node) {
    return resolve(path, node, "a folder", true);
  }

  Optional<String> file(String path, Node node) {
    return resolve(path, node, "a file", false);
  }

  private Optional<String> resolve(String path, Node node, String what, boolean isFolder) {
    Optional<String> written = YamlMap.text(path, node, "the path of " + what, problems);
    if (written.isEmpty()) {
      return Optional.empty();
    }
    String text = written.get();
    if (text.startsWith("hf://")) {
      return wrong(
          path, node, "'%s' cannot be downloaded in this release, expected a folder", text);
    }
    Path resolved;
    try {
      resolved = base.resolve(text).normalize();
    } catch (InvalidPathException e) {
      return wrong(path, node, "'%s' is no path", text);
    }
    if (text.isBlank() || Files.notExists(resolved)) {
      return wrong(path, node, "there is no %s, expected " + what, resolved);
    }
    if (Files.isDirectory(resolved) != isFolder) {
      return wrong(path, node, "%s is not what was expected: " + what, resolved);
    }
    return Optional.of(resolved.toString());
  }

  private Optional<String> wrong(String path, Node node, String format, Object what) {
    problems.add(node.getStartMark(), path, String.format(format, what));
    return Optional.empty();
  }
}
