package dev.piecrust.spec;

import dev.piecrust.campaign.TrainSpec;
import java.util.Optional;

/** The {@code train:} of a spec. */
final class TrainingPart {
  private TrainingPart() {}

  /** Reads it; empty where there is none, or something is wrong. */
  static Optional<TrainSpec> read(RecordReader reader, YamlMap spec) {
    if (spec.node("train").isEmpty()) {
      return Optional.empty();
    }
    YamlMap map = spec.map("train");
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
