package dev.piecrust.prune;

import dev.piecrust.campaign.Method;
import java.util.Map;
import java.util.Optional;

/**
 * One prompt's scores by method, one number for each occurrence: what choosing methods start from.
 */
public record PromptScores(Map<Method, float[]> scores) {
  /**
   * Scores of one method, a number for each occurrence; it must be one of those that were scored.
   */
  public float[] of(Method method) {
    return Optional.ofNullable(scores.get(method))
        .orElseThrow(() -> new IllegalArgumentException("no scores of " + method.label()));
  }
}
