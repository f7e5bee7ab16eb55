package dev.piecrust.spec;

import static java.util.stream.Collectors.joining;

import dev.piecrust.campaign.EvaluateSpec;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The {@code evaluate:} of a spec; what is left out is as in its preset. */
final class EvaluatePart {
  private static final int SHOWN = 20;

  private EvaluatePart() {}

  /** Reads it; empty where there is none. */
  static Optional<EvaluateSpec> read(RecordReader reader, YamlMap spec) {
    if (spec.node("evaluate").isEmpty()) {
      return Optional.empty();
    }
    if (spec.node("interpret").isEmpty()) {
      spec.note("evaluate", "has nothing to evaluate, expected an interpret beside it");
    }
    YamlMap map = spec.map("evaluate");
    Values<EvaluateSpec> values = reader.read(EvaluateSpec.class, map, "factors");
    values.set("factors", factors(map));
    return values.make();
  }

  private static Optional<List<Double>> factors(YamlMap map) {
    Optional<List<Node>> items = map.list("factors");
    if (items.isEmpty()) {
      return Optional.empty();
    }
    List<Double> factors =
        items.get().stream()
            .map(node -> node instanceof ScalarNode scalar ? scalar.getValue() : "")
            .filter(v -> v.matches("[-+]?([0-9]{1,9}\\.?[0-9]*|\\.[0-9]+)"))
            .map(Double::valueOf)
            .toList();
    if (factors.size() < items.get().size()
        || !factors.contains(0.0)
        || factors.stream().distinct().count() < 2) {
      map.note(
          "factors",
          "is [%s], expected %s"
              .formatted(
                  items.get().stream().map(YamlMap::kind).limit(SHOWN).collect(joining(", ")),
                  EvaluateSpec.FACTORS_WORDS));
      return Optional.empty();
    }
    return Optional.of(factors);
  }
}
