package dev.piecrust.workflow.feature;

import java.util.Optional;

/**
 * How far the work on features is.
 *
 * @param next ordinal of the first that has not been started
 * @param failed ordinals of those of which something is missing
 * @param open ordinals of those before {@code next} that still wait for answers
 * @param nothing ordinals of those of which there is nothing to make; absent in what programs up to
 *     0.6 wrote
 */
public record FeatureProgress(
    int next, Ordinals failed, Ordinals open, Optional<Ordinals> nothing) {
  static final FeatureProgress NONE =
      new FeatureProgress(0, Ordinals.NONE, Ordinals.NONE, Optional.empty());

  /** Ordinals of those that the next stage has nothing to work on. */
  public Ordinals withoutResult() {
    return failed.union(nothing.orElse(Ordinals.NONE));
  }

  /** Whether nothing is left to do. */
  public boolean isComplete(FeatureRequest request) {
    return next >= request.features() && open.isEmpty();
  }
}
