package dev.piecrust.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.campaign.TrainSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The weights of a transcoder in training, which reads and writes numbers in units of their spread.
 *
 * @param encoder {@code W_enc [L, F, d]}
 * @param encoderBias {@code b_enc [L, 1, F]}
 * @param decoderBias {@code b_dec [L, 1, d]}
 * @param decoding the decoders
 * @param skip {@code W_skip [L, d, d]}, out by in, where there is one
 */
record Weights(
    NDArray encoder,
    NDArray encoderBias,
    NDArray decoderBias,
    Decoding decoding,
    Optional<NDArray> skip) {
  private static final double DECODER_SPREAD = 0.1;

  /** Random directions, in which decoders write weakly; no biases, and no linear part. */
  static Weights draw(TrainSpec spec, NDManager manager, Shape shape, DataType type) {
    int layers = Math.toIntExact(shape.get(0)); // [L, F, d]
    long features = shape.get(1);
    long width = shape.get(2);
    Random random = new Random(spec.seed());
    double spread = 1 / Math.sqrt((double) width);
    NDArray encoder = normal(manager, type, random, spread, layers, features, width);
    double weak = DECODER_SPREAD * spread;
    Decoding decoding =
        spec.kind() == TrainSpec.Kind.PER_LAYER
            ? new PerLayerDecoding(normal(manager, type, random, weak, layers, features, width))
            : new CrossLayerDecoding(
                IntStream.range(0, layers)
                    .mapToObj(
                        l -> normal(manager, type, random, weak, features, (layers - l) * width))
                    .toList());
    return new Weights(
        encoder,
        manager.zeros(new Shape(layers, 1, features), type),
        manager.zeros(new Shape(layers, 1, width), type),
        decoding,
        spec.skip()
            ? Optional.of(manager.zeros(new Shape(layers, width, width), type))
            : Optional.empty());
  }

  private static NDArray normal(
      NDManager manager, DataType type, Random random, double spread, long... shape) {
    float[] values = new float[Math.toIntExact(new Shape(shape).size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (spread * random.nextGaussian());
    }
    return manager.create(values, new Shape(shape)).toType(type, false);
  }

  /** The same numbers under handles of a manager, so that what is made of them belongs to it. */
  Weights in(NDManager scope) {
    return new Weights(
        handle(scope, encoder),
        handle(scope, encoderBias),
        handle(scope, decoderBias),
        decoding.of(decoding.weights().stream().map(w -> handle(scope, w)).toList()),
        skip.map(w -> handle(scope, w)));
  }

  /** The same numbers under a handle of a manager. */
  static NDArray handle(NDManager scope, NDArray array) {
    NDArray handle = array.reshape(array.getShape());
    handle.attach(scope);
    return handle;
  }

  /** All of them: encoders, biases of features and of layers, the linear part, decoders. */
  List<NDArray> all() {
    List<NDArray> all = new ArrayList<>(List.of(encoder, encoderBias, decoderBias));
    skip.ifPresent(all::add);
    all.addAll(decoding.weights());
    return all;
  }

  /** Number of weights of such a transcoder. */
  static long count(TrainSpec spec, long layers, long width, long features) {
    long writes = spec.kind() == TrainSpec.Kind.PER_LAYER ? layers : layers * (layers + 1) / 2;
    long skips = spec.skip() ? layers * width * width : 0;
    return features * width * (layers + writes) + layers * (features + width) + skips;
  }
}
