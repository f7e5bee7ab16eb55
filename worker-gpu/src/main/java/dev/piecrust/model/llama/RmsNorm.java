package dev.piecrust.model.llama;

import ai.djl.ndarray.NDArray;

/**
 * {@code x / √(mean(x²) + ε) · weight}.
 *
 * @param epsilon a scalar array
 */
record RmsNorm(NDArray epsilon) {
  /** {@code [B,T,d]} to the denominators {@code [B,T,1]}. */
  NDArray denominator(NDArray x) {
    return x.square().mean(new int[] {2}, true).add(epsilon).sqrt();
  }

  /** Normed rows; and, with the denominator held constant, the gradient pulled back through it. */
  static NDArray apply(NDArray x, NDArray denominator, NDArray weight) {
    return x.div(denominator).mul(weight);
  }
}
