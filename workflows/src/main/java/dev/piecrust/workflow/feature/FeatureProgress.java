package dev.piecrust.workflow.feature;

import java.util.List;

/**
 * How far the work on features is.
 *
 * @param next ordinal of the first that has not been started
 * @param failed ordinals of those of which something is missing, ascending
 * @param open ordinals of those before {@code next} that still wait for answers, ascending
 */
public record FeatureProgress(int next, List<Integer> failed, List<Integer> open) {
  static final FeatureProgress NONE = new FeatureProgress(0, List.of(), List.of());

  public FeatureProgress {
    failed = List.copyOf(failed);
    open = List.copyOf(open);
  }

  /** Whether nothing is left to do. */
  public boolean isComplete(FeatureRequest request) {
    return next >= request.features() && open.isEmpty();
  }
}
