package dev.piecrust.train;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** How features write into layers: the decoders, and their transposed pass written out. */
interface Decoding {
  /** The parameters {@code W_dec}; what they are called in a checkpoint goes by their order. */
  List<NDArray> weights();

  /** The same kind with other parameters. */
  Decoding of(List<NDArray> others);

  /** What features of activations {@code a [L, N, F]} write, {@code [L, N, d]}. */
  NDArray decode(NDArray a);

  /**
   * The transposed pass.
   *
   * @param a {@code [L, N, F]}, as decoded
   * @param g gradient with respect to what was written, {@code [L, N, d]}
   */
  Adjoint adjoint(NDArray a, NDArray g);

  /** The norm of all that a feature writes, {@code [L, 1, F]}. */
  NDArray norms();

  /**
   * A gradient of {@link #weights} that lengthens each feature's decoder by a factor of itself.
   *
   * @param factor {@code [L, 1, F]}
   */
  List<NDArray> scaled(NDArray factor);

  /**
   * Decoders of the weights' shapes for features that start afresh: feature {@code f} of layer
   * {@code l} writes what the others left out at one token.
   *
   * @param error what they left out, {@code [L, N, d]}
   * @param tokens of each feature, a list entry a layer: {@code [F]}
   */
  List<NDArray> fresh(NDArray error, List<NDArray> tokens);

  /** A column {@code [L, F, 1]} as it fits each of the weights. */
  List<NDArray> columns(NDArray column);

  /** The decoder of a layer in the layout of docs/method.md §3, from its weights. */
  NDArray stored(int layer);

  /**
   * Gradients.
   *
   * @param activations {@code [L, N, F]}
   * @param weights like {@link Decoding#weights}
   */
  record Adjoint(NDArray activations, List<NDArray> weights) {}
}
