package dev.piecrust.feature;

import java.util.Map;

/**
 * The evaluation of one feature's explanation.
 *
 * @param scores one for each metric
 */
public record FadeResult(FeatureId feature, Map<FadeMetric, FadeScore> scores) {
  public FadeResult {
    scores = Map.copyOf(scores);
    for (FadeMetric metric : FadeMetric.values()) {
      if (!scores.containsKey(metric)) {
        throw new IllegalArgumentException(metric.label() + " is neither scored nor unscored");
      }
    }
  }
}
