package dev.piecrust.spec;

import dev.piecrust.campaign.TrainSpec;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The {@code train:} of a spec. */
final class TrainingPart {
  private static final Set<String> OTHER_DTYPES = Set.of("bf16", "f16", "f64");
  private static final String WHY =
      "narrower numbers lose the small steps that weights are moved by, and wider ones gain nothing"
          + " here and take twice the memory and the time";

  private TrainingPart() {}

  /** Reads it; empty where there is none, or something is wrong. */
  static Optional<TrainSpec> read(RecordReader reader, YamlMap spec) {
    if (spec.node("train").isEmpty()) {
      return Optional.empty();
    }
    YamlMap map = spec.map("train");
    Optional<String> dtype =
        map.node("dtype")
            .filter(ScalarNode.class::isInstance)
            .map(node -> ((ScalarNode) node).getValue());
    if (dtype.filter(OTHER_DTYPES::contains).isPresent()) {
      map.note("dtype", "is %s, expected f32: %s".formatted(dtype.get(), WHY));
      return Optional.empty();
    }
    Values<TrainSpec> values = reader.read(TrainSpec.class, map);
    Optional<Integer> features = values.get("features", Integer.class);
    int active = values.get("l0", Integer.class).orElse(TrainSpec.USUAL_L0);
    if (features.filter(all -> all <= active).isPresent()) {
      map.note(
          "features",
          "is %d, but %d of them act, expected more than train.l0"
              .formatted(features.get(), active));
      return Optional.empty();
    }
    return values.make();
  }
}
