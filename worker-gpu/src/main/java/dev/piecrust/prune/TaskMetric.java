package dev.piecrust.prune;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.piecrust.campaign.Metric;
import dev.piecrust.model.Trace;
import dev.piecrust.model.Transformer;
import dev.piecrust.task.TokenizedPair;
import java.util.List;

/** The task metric {@code m}, a scalar of a prompt's logits (docs/method.md §4). */
public interface TaskMetric {
  /** How a metric is measured and differentiated. */
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

  /**
   * {@code ∂m/∂hidden} of one run of every prompt; 0 at padding.
   *
   * @param hidden the stream after the final norm where the gradient is taken, [B, T, d]
   * @param pairs one per prompt
   * @return [B, T, d]
   */
  NDArray hiddenGradient(
      NDManager manager, Transformer model, NDArray hidden, List<TokenizedPair> pairs);

  /** The same on a trace of a batch's prompts. */
  default NDArray hiddenGradient(NDManager manager, PruningBatch batch, Trace trace) {
    return hiddenGradient(manager, batch.model(), trace.hidden(), batch.pairs());
  }
}
