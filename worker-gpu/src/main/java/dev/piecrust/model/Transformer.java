package dev.piecrust.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;

/**
 * A subject model (METHOD §2) with hooks at {@code resid_mid} and {@code mlp_out}. Passes only read
 * the weights, so several may run at once; results belong to the manager that a call is given, or
 * else to that of its first array.
 */
public interface Transformer extends AutoCloseable {
  /** {@code L}. */
  int layers();

  /** {@code d}. */
  int width();

  /** {@code V}. */
  int vocabulary();

  Tokenizer tokenizer();

  /** SHA-256, in hex, of what decides the model's answers: config, tokenizer and weights. */
  String fingerprint();

  /** One pass that keeps what encoders and {@link #adjoint} need. */
  Trace trace(NDManager manager, TokenBatch batch);

  /**
   * One pass of the real model.
   *
   * @param patch {@code [B,T,d]} a layer, <b>subtracted</b> from {@code y[t]}; later attention and
   *     MLPs recompute (METHOD §6). An empty list is no patch
   * @return the stream after the final norm, {@code [B,T,d]}
   */
  NDArray run(NDManager manager, TokenBatch batch, List<NDArray> patch);

  /** Logits {@code [..,V]} of final-normed rows {@code [..,d]}, the final soft-cap included. */
  NDArray unembed(NDArray hidden);

  /**
   * The gradient with respect to final-normed rows.
   *
   * @param hidden {@code [R,d]}, where the logits were taken
   * @param logitsGradient {@code [R,V]}
   * @return {@code [R,d]}
   */
  NDArray unembedAdjoint(NDArray hidden, NDArray logitsGradient);

  /**
   * The transposed pass of the local replacement model (METHOD §5, {@code fap}): attention
   * patterns, every norm's denominator and every MLP's output are constants, so the gradient runs
   * through the residual stream, the attention's value path and the final norm only.
   *
   * @param hiddenGradient {@code ∂m/∂hidden}, {@code [B,T,d]}, 0 at filled positions
   * @return {@code g[t] = ∂m/∂y[t]}, {@code [B,T,d]} a layer
   */
  List<NDArray> adjoint(NDManager manager, Trace trace, NDArray hiddenGradient);

  @Override
  void close();
}
