package dev.piecrust.prune;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.piecrust.campaign.Metric;
import dev.piecrust.task.TokenizedPair;

/** The task metric {@code m}, a scalar of a prompt's logits (METHOD.md §4). */
interface TaskMetric {
  static TaskMetric of(Metric metric) {
    return switch (metric) {
      case LOGIT_DIFF -> new LogitDifference();
      case LOGSUMEXP -> new LogSumExp();
    };
  }

  /** Whether only the last position's logits matter. */
  boolean lastPositionOnly();

  /**
   * {@code m} of many runs of one prompt.
   *
   * @param logits [R, T, V], or [R, 1, V] of the last position where that is all that matters
   * @return [R]
   */
  NDArray value(NDArray logits, TokenizedPair pair);

  /** {@code ∂m/∂hidden} on the clean run of every prompt, [B, T, d]; 0 at padding. */
  NDArray hiddenGradient(NDManager manager, PruningBatch batch);
}
