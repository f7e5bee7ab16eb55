package dev.piecrust.model.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.piecrust.model.Ops;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * {@code cap·tanh(x/cap)}.
 *
 * @param cap a scalar array
 */
record SoftCap(NDArray cap) {
  static Optional<SoftCap> of(OptionalDouble cap, NDManager manager, DataType dataType) {
    return cap.isEmpty()
        ? Optional.empty()
        : Optional.of(new SoftCap(Ops.scalar(manager, cap.getAsDouble(), dataType)));
  }

  NDArray apply(NDArray x) {
    return Ops.mul(tanh(x), cap);
  }

  /** A gradient with respect to the capped {@code x}, pulled back to {@code x}. */
  NDArray adjoint(NDArray gradient, NDArray x) {
    try (NDArray tanh = tanh(x);
        NDArray square = tanh.square();
        NDArray lost = gradient.mul(square)) {
      return gradient.sub(lost);
    }
  }

  private NDArray tanh(NDArray x) {
    try (NDArray scaled = x.div(cap)) {
      return scaled.tanh();
    }
  }
}
