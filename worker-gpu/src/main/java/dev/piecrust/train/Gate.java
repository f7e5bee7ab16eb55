package dev.piecrust.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.campaign.TrainSpec;

/** Which features act: of pre-activations {@code z [L, N, F]} those that exceed a level. */
final class Gate {
  /** The thresholds that are kept are running means over about the last hundred batches. */
  private static final float THRESHOLD_DECAY = 0.99f;

  /** Where thresholds that are learned begin, in the spread of pre-activations. */
  static final float FIRST_THRESHOLD = 0.5f;

  private final TrainSpec.Activation activation;
  private final int active;

  /** JumpReLU: {@code [L, 1, F]}, learned. BatchTopK: {@code [L, 1, 1]}, the running mean. */
  private final NDArray threshold;

  private Gate(TrainSpec.Activation activation, int active, NDArray threshold) {
    this.activation = activation;
    this.active = active;
    this.threshold = threshold;
  }

  static Gate of(TrainSpec spec, NDManager manager, int layers, int features) {
    boolean learned = spec.activation() == TrainSpec.Activation.JUMPRELU;
    Shape shape = new Shape(layers, 1, learned ? features : 1);
    float first = learned ? FIRST_THRESHOLD : 0;
    return new Gate(spec.activation(), spec.l0(), manager.full(shape, first, DataType.FLOAT32));
  }

  /** What a checkpoint keeps. */
  NDArray threshold() {
    return threshold;
  }

  /** A threshold below 0 would let features act that take away. */
  void keepAboveZero(NDManager scope) {
    if (activation == TrainSpec.Activation.JUMPRELU) {
      Weights.handle(scope, threshold).maximum(0).copyTo(threshold);
    }
  }

  /** 1 where a feature acts once training is over, and no batch decides any more. */
  NDArray settled(NDArray z) {
    return activation == TrainSpec.Activation.BATCHTOPK
        ? z.gt(threshold).toType(DataType.FLOAT32, false)
        : mask(z, 0);
  }

  /** 1 where a feature acts, else 0, {@code [L, N, F]}; follows the batch at a step from 0. */
  NDArray mask(NDArray z, int step) {
    NDArray acts =
        switch (activation) {
          case RELU -> z.gt(0);
          case JUMPRELU -> z.gt(threshold);
          case TOPK -> z.gte(strongest(z, 2, active)).logicalAnd(z.gt(0));
          case BATCHTOPK -> z.gt(followed(z, step));
        };
    return acts.toType(DataType.FLOAT32, false);
  }

  /** The least of the strongest along an axis, which stays with one entry. */
  private static NDArray strongest(NDArray z, int axis, int count) {
    return z.topK(count, axis, true, false).get(0).min(new int[] {axis}, true);
  }

  /**
   * Above it lie {@code active} activations a token and layer; never below 0. {@code [L, 1, 1]}.
   */
  private NDArray followed(NDArray z, int step) {
    long layers = z.getShape().get(0);
    long tokens = z.getShape().get(1);
    int kept = (int) Math.min(tokens * active, tokens * z.getShape().get(2) - 1);
    NDArray level = strongest(z.reshape(layers, -1), 1, kept + 1).maximum(0).expandDims(2);
    float decay = step == 0 ? 0 : THRESHOLD_DECAY;
    threshold.muli(decay).addi(level.mul(1 - decay));
    return level;
  }
}
