package dev.piecrust.workflow.feature;

/**
 * How far the work on features is.
 *
 * @param next ordinal of the first that has not been started
 * @param failed ordinals of those of which something is missing
 * @param open ordinals of those before {@code next} that still wait for answers
 */
public record FeatureProgress(int next, Ordinals failed, Ordinals open) {
  static final FeatureProgress NONE = new FeatureProgress(0, Ordinals.NONE, Ordinals.NONE);

  /** Whether nothing is left to do. */
  public boolean isComplete(FeatureRequest request) {
    return next >= request.features() && open.isEmpty();
  }
}
