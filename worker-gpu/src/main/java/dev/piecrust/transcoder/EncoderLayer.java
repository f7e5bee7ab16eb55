package dev.piecrust.transcoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Optional;

/**
 * The encoder of one layer.
 *
 * @param weight {@code W_enc} [F, d]
 * @param bias {@code b_enc} [F]
 * @param threshold JumpReLU thresholds [F]; none means ReLU
 */
record EncoderLayer(NDArray weight, NDArray bias, Optional<NDArray> threshold) {
  /** Pre-activations {@code z} [R, F] of residual streams {@code x} [R, d]. */
  NDArray preactivations(NDArray x) {
    return JniUtils.linear((PtNDArray) x, (PtNDArray) weight, (PtNDArray) bias);
  }

  /**
   * Activations [R, F] of residual streams {@code x} [R, d] (docs/method.md §1); a NaN stays a NaN.
   */
  NDArray encode(NDArray x) {
    NDArray z = preactivations(x);
    return threshold.isPresent()
        ? z.mul(z.gt(threshold.get()).toType(DataType.FLOAT32, false))
        : JniUtils.relu((PtNDArray) z);
  }

  /** What each feature must exceed to be active, [F]. */
  float[] bounds() {
    return threshold.map(NDArray::toFloatArray).orElseGet(() -> new float[features()]);
  }

  int features() {
    return Math.toIntExact(weight.getShape().get(0));
  }
}
