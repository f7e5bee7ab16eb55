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

  /** After so many steps nothing is left in them of where they began. */
  private static final int FORGOTTEN = 600;

  /** Before that they are over about the last third of the steps so far. */
  private static final float RECENT = 3;

  /** Where thresholds that are learned begin, in the spread of pre-activations. */
  static final float FIRST_THRESHOLD = 0.5f;

  private final TrainSpec.Activation activation;
  private final int active;
  private final boolean brief;

  /** JumpReLU: {@code [L, 1, F]}, learned. BatchTopK: {@code [L, 1, 1]}, the running mean. */
  private final NDArray threshold;

  private Gate(TrainSpec spec, NDArray threshold) {
    this.activation = spec.activation();
    this.active = spec.l0();
    this.brief = isBrief(spec);
    this.threshold = threshold;
  }

  /** Whether the training may end while its thresholds still know where they began. */
  static boolean isBrief(TrainSpec spec) {
    return spec.activation() == TrainSpec.Activation.BATCHTOPK
        && (spec.steps() < FORGOTTEN || spec.patience().isPresent());
  }

  static Gate of(TrainSpec spec, NDManager manager, int layers, int features, DataType type) {
    boolean learned = spec.activation() == TrainSpec.Activation.JUMPRELU;
    Shape shape = new Shape(layers, 1, learned ? features : 1);
    float first = learned ? FIRST_THRESHOLD : 0;
    return new Gate(spec, manager.full(shape, first, type));
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
        ? z.gt(threshold).toType(z.getDataType(), false)
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
    return acts.toType(z.getDataType(), false);
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
    float decay = decay(step);
    threshold.muli(decay).addi(level.mul(1 - decay));
    return level;
  }

  private float decay(int step) {
    if (step == 0) {
      return 0;
    }
    return brief ? Math.min(THRESHOLD_DECAY, step / (step + RECENT)) : THRESHOLD_DECAY;
  }
}
