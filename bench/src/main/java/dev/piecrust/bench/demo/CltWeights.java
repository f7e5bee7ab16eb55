package dev.piecrust.bench.demo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The trainable weights of a cross-layer transcoder (docs/method.md §3), a list entry a layer.
 *
 * @param encoders {@code W_enc[l] [F, d]}
 * @param encoderBiases {@code b_enc[l] [F]}
 * @param decoders {@code W_dec[l] [F, (L-l)·d]}, the writes into layers {@code l, l+1, …} side by
 *     side
 * @param decoderBiases {@code b_dec[l] [d]}
 */
record CltWeights(
    List<NDArray> encoders,
    List<NDArray> encoderBiases,
    List<NDArray> decoders,
    List<NDArray> decoderBiases) {
  private static final double DECODER_SPREAD = 0.1;

  /** Random directions that the decoders start to write back, weakly, and no biases. */
  static CltWeights draw(NDManager manager, int layers, int width, int features, long seed) {
    Random random = new Random(seed);
    CltWeights weights =
        new CltWeights(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int layer = 0; layer < layers; layer++) {
      double spread = 1 / Math.sqrt(width);
      weights.encoders.add(normal(manager, random, features, width, spread));
      weights.encoderBiases.add(manager.zeros(new Shape(features), DataType.FLOAT32));
      weights.decoders.add(
          normal(manager, random, features, (layers - layer) * width, DECODER_SPREAD * spread));
      weights.decoderBiases.add(manager.zeros(new Shape(width), DataType.FLOAT32));
    }
    return weights;
  }

  int layers() {
    return encoders.size();
  }

  List<NDArray> all() {
    List<NDArray> all = new ArrayList<>(encoders);
    all.addAll(encoderBiases);
    all.addAll(decoders);
    all.addAll(decoderBiases);
    return all;
  }

  private static NDArray normal(
      NDManager manager, Random random, int rows, int columns, double spread) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (spread * random.nextGaussian());
    }
    return manager.create(values, new Shape(rows, columns));
  }
}
