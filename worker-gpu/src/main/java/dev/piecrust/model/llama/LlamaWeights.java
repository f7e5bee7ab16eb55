package dev.piecrust.model.llama;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.piecrust.model.Ops;
import dev.piecrust.model.decoder.DecoderWeights;
import dev.piecrust.model.decoder.TensorNames;
import java.util.Arrays;
import java.util.Random;

/** What a Llama's weights are called, and random ones to train from. */
public final class LlamaWeights {
  /** Standard deviation of random matrices. */
  private static final double SPREAD = 0.02;

  private LlamaWeights() {}

  /**
   * Random weights to train from, f32, the same for the same seed on every machine: matrices normal
   * with deviation 0.02, those that write into the residual stream smaller by {@code √(2L)}, norms
   * 1.
   */
  public static DecoderWeights random(LlamaConfig config, NDManager manager, long seed) {
    Random random = new Random(seed);
    double writing = SPREAD / Math.sqrt(2.0 * config.layers());
    return DecoderWeights.of(
        TensorNames.PRE_NORM,
        config.shape(),
        (name, shape) -> {
          double[] values = new double[Math.toIntExact(shape.size())];
          boolean writes = name.contains(TensorNames.OUTPUT) || name.contains(TensorNames.DOWN);
          Arrays.setAll(
              values,
              i ->
                  shape.dimension() == 1 ? 1 : random.nextGaussian() * (writes ? writing : SPREAD));
          return Ops.constant(manager, values, shape, DataType.FLOAT32);
        });
  }
}
