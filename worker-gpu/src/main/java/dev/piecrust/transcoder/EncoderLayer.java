package dev.piecrust.transcoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The encoder of one layer.
 *
 * @param weight {@code W_enc} [F, d]
 * @param bias {@code b_enc} [F]
 * @param threshold JumpReLU thresholds [F]; none means ReLU
 * @param most how many features of a token are active at most, by TopK: the largest of those above
 *     0; empty for any number
 */
record EncoderLayer(NDArray weight, NDArray bias, Optional<NDArray> threshold, OptionalInt most) {
  /** Pre-activations {@code z} [R, F] of what the encoder reads, {@code x} [R, d]. */
  NDArray preactivations(NDArray x) {
    return JniUtils.linear((PtNDArray) x, (PtNDArray) weight, (PtNDArray) bias);
  }

  /**
   * Pre-activations [R, F], of which those that exceed their {@link #bounds} are active: by TopK 0
   * but for each row's largest. A NaN stays a NaN.
   */
  NDArray candidates(NDArray x) {
    NDArray z = preactivations(x);
    if (most.isEmpty() || most.getAsInt() >= features()) {
      return z;
    }
    NDArray largest = z.topK(most.getAsInt(), 1).get(0); // [R, k]
    NDArray least = largest.min(new int[] {1}, true); // [R, 1]
    return z.mul(z.gte(least).toType(DataType.FLOAT32, false));
  }

  /**
   * Activations [R, F] of what the encoder reads, {@code x} [R, d] (docs/method.md §1); a NaN stays
   * a NaN.
   */
  NDArray encode(NDArray x) {
    NDArray z = candidates(x);
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
