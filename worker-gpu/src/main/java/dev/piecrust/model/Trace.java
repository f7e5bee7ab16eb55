package dev.piecrust.model;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * One pass as scoring and encoding need it. All arrays belong to the manager that the pass was
 * given.
 *
 * @param batch the prompts
 * @param residMid {@code x[l]}, the residual stream after attention and before the MLP's norm,
 *     {@code [B,T,d]} a layer
 * @param mlpOut {@code y[l]}, what the MLP adds to the residual stream, {@code [B,T,d]} a layer
 * @param hidden the stream after the final norm, {@code [B,T,d]}
 * @param constants what the local replacement model holds constant (docs/method.md §5)
 */
public record Trace(
    TokenBatch batch,
    List<NDArray> residMid,
    List<NDArray> mlpOut,
    NDArray hidden,
    Constants constants) {
  /** A model family's constants of one pass: attention patterns and norms' denominators. */
  public interface Constants {}

  public Trace {
    residMid = List.copyOf(residMid);
    mlpOut = List.copyOf(mlpOut);
  }
}
