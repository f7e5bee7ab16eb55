package dev.piecrust.train;

import dev.piecrust.campaign.TrainSpec;
import dev.piecrust.key.RecordKeys;
import java.util.HashMap;
import java.util.Map;

/** Small trainings on the demo model. */
final class TrainSpecs {
  private TrainSpecs() {}

  /** One with some components that are not as usual. */
  static TrainSpec with(Map<String, ?> others) {
    Map<String, Object> values =
        new HashMap<>(
            Map.of(
                "corpus",
                "../demo/corpus.jsonl.gz",
                "features",
                96,
                "l0",
                8,
                "steps",
                12,
                "batch",
                256,
                "context",
                48,
                "windows",
                100,
                "checkpoint",
                4));
    values.putAll(others);
    return RecordKeys.make(TrainSpec.class, values).orElseThrow();
  }
}
