package dev.piecrust.transcoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Optional;

/**
 * The encoder of one layer.
 *
 * @param weight {@code W_enc} [F, d]
 * @param bias {@code b_enc} [F]
 * @param threshold JumpReLU thresholds [F]; none means ReLU
 */
record EncoderLayer(NDArray weight, NDArray bias, Optional<NDArray> threshold) {
  /** Activations [R, F] of residual streams {@code x} [R, d] (METHOD.md §1). */
  NDArray encode(NDArray x) {
    NDArray z = x.matMul(weight.transpose()); // [R, F]
    z.addi(bias);
    NDArray open =
        threshold.isPresent()
            ? z.gt(threshold.get())
            : z.gt(z.getManager().zeros(z.getShape().slice(1)));
    // A NaN must stay a NaN, so that it is noticed: only what is closed becomes 0.
    NDArray closed = open.logicalNot().logicalAnd(z.isNaN().logicalNot());
    return z.mul(closed.logicalNot().toType(DataType.FLOAT32, false));
  }
}
