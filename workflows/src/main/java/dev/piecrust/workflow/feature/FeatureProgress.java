package dev.piecrust.workflow.feature;

import java.util.List;

/**
 * How far the work on features is.
 *
 * @param next ordinal of the first that has not been started; all before it have ended
 * @param failed ordinals of those of which something is missing, ascending
 */
public record FeatureProgress(int next, List<Integer> failed) {
  static final FeatureProgress NONE = new FeatureProgress(0, List.of());

  public FeatureProgress {
    failed = List.copyOf(failed);
  }

  /** Whether nothing is left to do. */
  public boolean isComplete(FeatureRequest request) {
    return next >= request.features();
  }
}
