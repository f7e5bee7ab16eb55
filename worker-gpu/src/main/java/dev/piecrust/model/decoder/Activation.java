package dev.piecrust.model.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.piecrust.model.Ops;
import java.util.function.UnaryOperator;

/**
 * Activations that can be written {@code act(z) = z·s(z)} with a slope {@code s} that is smooth at
 * 0, where it is {@code act'(0)}.
 */
public enum Activation {
  /** {@code s(z) = σ(z)}. */
  SILU {
    @Override
    UnaryOperator<NDArray> slope(NDManager manager, DataType dataType) {
      return Activation::sigmoid;
    }
  },

  /** {@code s(z) = ½(1 + tanh(√(2/π)(z + 0.044715z³)))}, and {@code ½(1 + tanh u) = σ(2u)}. */
  GELU_TANH {
    @Override
    UnaryOperator<NDArray> slope(NDManager manager, DataType dataType) {
      double twice = 2 * Math.sqrt(2 / Math.PI);
      NDArray linear = Ops.scalar(manager, twice, dataType);
      NDArray cubic = Ops.scalar(manager, twice * 0.044715, dataType);
      return z -> {
        try (NDArray twiceU = Ops.mul(Ops.add(Ops.mul(z.square(), cubic), linear), z)) {
          return sigmoid(twiceU);
        }
      };
    }
  };

  /** The slope, with constants that belong to {@code manager}. */
  abstract UnaryOperator<NDArray> slope(NDManager manager, DataType dataType);

  private static NDArray sigmoid(NDArray z) {
    return JniUtils.sigmoid((PtNDArray) z);
  }
}
