package dev.piecrust.spec;

import dev.piecrust.campaign.DescriptionsSpec;
import dev.piecrust.exchange.DescriptionFile;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.input.Quote;
import java.nio.file.Path;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/** The {@code interpret.descriptions:} of a spec. */
final class DescriptionsPart {
  private final SpecPaths paths;
  private final SpecProblems problems;

  DescriptionsPart(SpecPaths paths, SpecProblems problems) {
    this.paths = paths;
    this.problems = problems;
  }

  /** Reads it, and the file that it names; empty where there is none, or something is wrong. */
  Optional<DescriptionsSpec> read(YamlMap interpret) {
    if (interpret.node("descriptions").isEmpty()) {
      return Optional.empty();
    }
    YamlMap map = interpret.map("descriptions");
    boolean only = map.truth("only").orElse(false);
    Optional<String> wanted = map.text("sha256");
    Optional<Node> at = map.required("path");
    Optional<String> path = at.flatMap(node -> paths.file(map.path("path"), node));
    return path.flatMap(
        file ->
            sha256(map, wanted, file, at.orElseThrow())
                .map(sha256 -> new DescriptionsSpec(file, sha256, only)));
  }

  private Optional<String> sha256(YamlMap map, Optional<String> wanted, String file, Node at) {
    String found;
    try {
      found = DescriptionFile.read(Path.of(file)).sha256();
    } catch (PieCrustException e) {
      problems.add(at.getStartMark(), map.path("path"), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
    if (wanted.isPresent() && !wanted.get().equals(found)) {
      map.node("sha256")
          .ifPresent(
              node ->
                  problems.add(
                      node.getStartMark(),
                      map.path("sha256"),
                      "is '%s', expected %s, that of %s"
                          .formatted(Quote.of(wanted.get()), found, file)));
      return Optional.empty();
    }
    return Optional.of(found);
  }
}
