package dev.piecrust.model.decoder;

import ai.djl.ndarray.NDArray;
import dev.piecrust.model.Ops;

/**
 * {@code x / √(mean(x²) + ε) · weight}.
 *
 * @param epsilon a scalar array
 */
record RmsNorm(NDArray epsilon) {
  /**
   * @param out normed rows, {@code [..,d]}
   * @param denominator what they were divided by, {@code [..,1]}
   */
  record Normed(NDArray out, NDArray denominator) {}

  Normed forward(NDArray x, NDArray weight) {
    NDArray denominator = denominator(x);
    return new Normed(apply(x, denominator, weight), denominator);
  }

  /** {@code [..,d]} to the denominators {@code [..,1]}. */
  NDArray denominator(NDArray x) {
    return x.square().mean(new int[] {x.getShape().dimension() - 1}, true).add(epsilon).sqrt();
  }

  /** Normed rows; and, with the denominator held constant, the gradient pulled back through it. */
  static NDArray apply(NDArray x, NDArray denominator, NDArray weight) {
    return Ops.mul(x.div(denominator), weight);
  }
}
