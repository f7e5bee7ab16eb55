package dev.piecrust.transcoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The encoder of one layer.
 *
 * @param rows {@code W_enc} [F, d]
 * @param bias {@code b_enc} [F]
 * @param threshold JumpReLU thresholds [F]; none means ReLU
 * @param most how many features of a token are active at most, by TopK: the largest of those above
 *     0; empty for any number
 * @param norms of all that each feature writes, [F], where {@link JointTopK} ranks by them
 */
record EncoderLayer(
    EncoderRows rows,
    NDArray bias,
    Optional<NDArray> threshold,
    OptionalInt most,
    Optional<NDArray> norms) {
  /** Pre-activations {@code z} [R, F] of what the encoder reads, {@code x} [R, d]. */
  NDArray preactivations(NDArray x) {
    try (NDManager scope = x.getManager().newSubManager()) {
      return JniUtils.linear((PtNDArray) x, (PtNDArray) rows.in(scope), (PtNDArray) bias);
    }
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
   * The same where a feature must have a rank among those of all layers.
   *
   * @param least of each row, [R, 1]; none where it need not
   */
  NDArray candidates(NDArray x, Optional<NDArray> least) {
    if (least.isEmpty()) {
      return candidates(x);
    }
    NDArray z = preactivations(x);
    return z.mul(rank(z).gte(least.get()).toType(DataType.FLOAT32, false));
  }

  /** The same, ranked by norms too. */
  EncoderLayer ranked(NDArray by) {
    return new EncoderLayer(rows, bias, threshold, most, Optional.of(by));
  }

  /** What features rank by among those of all layers, [R, F], from pre-activations. */
  NDArray rank(NDArray z) {
    NDArray active = active(z);
    return norms.map(active::mul).orElse(active);
  }

  /**
   * Activations [R, F] of what the encoder reads, {@code x} [R, d] (docs/method.md §1); a NaN stays
   * a NaN.
   */
  NDArray encode(NDArray x) {
    return active(candidates(x));
  }

  private NDArray active(NDArray z) {
    return threshold.isPresent()
        ? z.mul(z.gt(threshold.get()).toType(DataType.FLOAT32, false))
        : JniUtils.relu((PtNDArray) z);
  }

  /** What each feature must exceed to be active, [F]. */
  float[] bounds() {
    return threshold.map(NDArray::toFloatArray).orElseGet(() -> new float[features()]);
  }

  int features() {
    return rows.features();
  }
}
