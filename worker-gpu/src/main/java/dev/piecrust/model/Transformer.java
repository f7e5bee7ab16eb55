package dev.piecrust.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;

/**
 * A subject model (docs/method.md §2) with hooks at {@code resid_mid} and {@code mlp_out}. Passes
 * only read the weights, so several may run at once; results belong to the manager that a call is
 * given, or else to that of its first array.
 */
public interface Transformer extends AutoCloseable {
  /** {@code L}. */
  int layers();

  /** {@code d}. */
  int width();

  /** {@code V}. */
  int vocabulary();

  /** Most tokens of one prompt. */
  int positions();

  /** The tokenizer of the model's folder; closed with the model. */
  Tokenizer tokenizer();

  /** SHA-256, in hex, of what decides the model's answers: config, tokenizer and weights. */
  String fingerprint();

  /** What {@link #adjoint} treats as a constant. */
  enum Linearity {
    /**
     * The local replacement model (docs/method.md §5, {@code fap}): attention patterns, every
     * norm's denominator and every MLP's output but for the transcoder's skip.
     */
    LOCAL,
    /**
     * Relevance coefficients (docs/method.md §5, {@code clt-relp}): attention patterns and every
     * norm's denominator; MLPs are linear, their activation replaced by {@code z·const(act(z)/z)}
     * (the identity rule) and the gradient of their gate product halved (the half rule).
     */
    RELP
  }

  /** One pass that keeps what encoders, {@link #adjoint} and {@link #resume} need. */
  default Trace trace(NDManager manager, TokenBatch batch) {
    return trace(manager, batch, List.of());
  }

  /**
   * The same where {@code patch} is removed.
   *
   * @param patch {@code [B,T,d]} a layer, subtracted from {@code y[t]} as in {@link #run}; an empty
   *     list is no patch. The trace's {@code mlpOut} is what the MLP gave, before the subtraction
   */
  Trace trace(NDManager manager, TokenBatch batch, List<NDArray> patch);

  /**
   * One pass of the real model.
   *
   * @param patch {@code [B,T,d]} a layer, <b>subtracted</b> from {@code y[t]}; later attention and
   *     MLPs recompute (docs/method.md §6). An empty list is no patch
   * @return the stream after the final norm, {@code [B,T,d]}
   */
  NDArray run(NDManager manager, TokenBatch batch, List<NDArray> patch);

  /**
   * What encoders read at a hook of a layer, {@code [R,d]}, from rows {@code [R,d]} of its {@code
   * resid_mid}: these themselves, or an array that belongs to their manager.
   */
  NDArray encoderInput(int layer, NDArray rows, InputHook hook);

  /** Final-normed rows {@code [R,d]} of rows {@code [R,d]} of the residual stream. */
  NDArray finalNorm(NDArray stream);

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
   * Runs again only what a patch can change (docs/method.md §6): layers from {@code layer} on and
   * positions from {@code position} on, against the keys, values and residual streams of an earlier
   * run of the same prompt.
   *
   * @param base a trace of exactly one prompt, of {@code T} tokens; it may itself be patched
   * @param patch per layer from {@code layer} on, {@code [R,T−position,d]}: subtracted from {@code
   *     y[t]} <b>in addition to</b> what the base subtracts, for {@code R} variants of the prompt
   * @return the stream after the final norm at positions {@code position} and later, {@code
   *     [R,T−position,d]}
   */
  NDArray resume(NDManager manager, Trace base, int layer, int position, List<NDArray> patch);

  /**
   * Reads prompts that are to go on token by token.
   *
   * @param prompts all of one length
   * @param patch {@code [B,1,d]} a layer, subtracted from {@code y[t]} at every position, of the
   *     prompts and of what follows. An empty list is no patch
   * @return what its user closes
   */
  Continuation begin(NDManager manager, TokenBatch prompts, List<NDArray> patch);

  /**
   * The transposed pass of a linear model around {@code trace}.
   *
   * @param hiddenGradient {@code ∂m/∂hidden}, {@code [B,T,d]}, 0 at filled positions
   * @param skip what of each MLP's output is not a constant in the local replacement model
   * @return {@code g[t] = ∂m/∂y[t]}, {@code [B,T,d]} a layer
   */
  List<NDArray> adjoint(
      NDManager manager, Trace trace, NDArray hiddenGradient, Linearity linearity, Skip skip);

  /** The same without a skip. */
  default List<NDArray> adjoint(
      NDManager manager, Trace trace, NDArray hiddenGradient, Linearity linearity) {
    return adjoint(manager, trace, hiddenGradient, linearity, Skip.NONE);
  }

  /** {@link #adjoint(NDManager, Trace, NDArray, Linearity)} in the local replacement model. */
  default List<NDArray> adjoint(NDManager manager, Trace trace, NDArray hiddenGradient) {
    return adjoint(manager, trace, hiddenGradient, Linearity.LOCAL);
  }

  @Override
  void close();
}
