package dev.piecrust.spec;

import dev.piecrust.campaign.HubRef;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.input.Quote;
import dev.piecrust.input.Roots;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Resolves the paths of a spec against its folder, and checks that they are allowed and there, in
 * this order: nobody learns what there is where they may not look.
 */
final class SpecPaths {
  private final Path base;
  private final Roots roots;
  private final SpecProblems problems;

  SpecPaths(Path base, Roots roots, SpecProblems problems) {
    this.base = base.toAbsolutePath();
    this.roots = roots;
    this.problems = problems;
  }

  /** A folder, or a repository of the hub, of which nothing is looked up here. */
  Optional<String> folder(String path, Node node) {
    Optional<String> written = YamlMap.text(path, node, "the path of a folder", problems);
    return written.filter(HubRef::is).isPresent()
        ? written.flatMap(text -> repository(path, node, text))
        : written.flatMap(text -> resolve(path, node, text, "a folder", true));
  }

  /** A folder that need not be there. */
  Optional<String> newFolder(String path, Node node) {
    return YamlMap.text(path, node, "the path of a folder", problems)
        .flatMap(text -> allowed(path, node, text, "a folder"))
        .map(Path::toString);
  }

  /** A folder of this name beside the spec. */
  String beside(String name) {
    return base.resolve(name).normalize().toString();
  }

  Optional<String> file(String path, Node node) {
    return YamlMap.text(path, node, "the path of a file", problems)
        .flatMap(text -> resolve(path, node, text, "a file", false));
  }

  private Optional<String> repository(String path, Node node, String text) {
    try {
      return Optional.of(HubRef.parse(text).toString());
    } catch (PieCrustException e) {
      return wrong(path, node, "%s", String.valueOf(e.getMessage()));
    }
  }

  private Optional<String> resolve(
      String path, Node node, String text, String what, boolean isFolder) {
    return allowed(path, node, text, what)
        .flatMap(resolved -> there(path, node, resolved, what, isFolder));
  }

  private Optional<Path> allowed(String path, Node node, String text, String what) {
    Path resolved;
    try {
      Path asWritten = base.resolve(text);
      resolved = asWritten.normalize();
      if (!roots.allow(asWritten) || !roots.allow(resolved)) {
        return wrong(path, node, "%s", roots.refusal(resolved.toString()));
      }
    } catch (InvalidPathException e) {
      return wrong(path, node, "'%s' is no path, expected " + what, Quote.of(text));
    }
    return text.isBlank()
        ? wrong(path, node, "is empty, expected the path of %s", what)
        : Optional.of(resolved);
  }

  private Optional<String> there(
      String path, Node node, Path resolved, String what, boolean isFolder) {
    if (Files.notExists(resolved)) {
      return wrong(path, node, "there is no %s, expected " + what, resolved);
    }
    if (isFolder ? !Files.isDirectory(resolved) : !Files.isRegularFile(resolved)) {
      return wrong(path, node, "%s is " + kind(resolved) + ", expected " + what, resolved);
    }
    return Optional.of(resolved.toString());
  }

  private static String kind(Path path) {
    if (Files.isDirectory(path)) {
      return "a folder";
    }
    if (Files.isRegularFile(path)) {
      return "a file";
    }
    return Files.exists(path) ? "a device, a pipe or a socket" : "out of reach";
  }

  private <T> Optional<T> wrong(String path, Node node, String format, Object what) {
    problems.add(node.getStartMark(), path, String.format(format, what));
    return Optional.empty();
  }
}
