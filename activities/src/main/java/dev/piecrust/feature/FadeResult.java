package dev.piecrust.feature;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The evaluation of one feature's explanation.
 *
 * @param scores one for each metric, in their order
 */
public record FadeResult(FeatureId feature, Map<FadeMetric, FadeScore> scores) {
  public FadeResult {
    scores = Collections.unmodifiableMap(new TreeMap<>(scores));
    for (FadeMetric metric : FadeMetric.values()) {
      if (!scores.containsKey(metric)) {
        throw new IllegalArgumentException(metric.label() + " is neither scored nor unscored");
      }
    }
  }
}
