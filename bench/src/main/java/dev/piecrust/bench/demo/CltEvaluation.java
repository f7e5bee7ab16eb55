package dev.piecrust.bench.demo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.tensor.SafeTensors;
import dev.piecrust.transcoder.Transcoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** How well a small transcoder, loaded as it ships, says what the MLPs write. */
final class CltEvaluation {
  private CltEvaluation() {}

  /** An entry a layer. */
  static List<DemoQuality.Layer> layers(
      NDManager scope, MlpSample sample, Transcoder transcoder, Path folder) {
    List<NDArray> activations =
        IntStream.range(0, transcoder.layers())
            .mapToObj(l -> transcoder.encode(l, sample.read().get(l))) // [N, F]
            .toList();
    List<NDArray> errors = errors(scope, sample, transcoder, activations, folder);
    List<DemoQuality.Layer> layers = new ArrayList<>();
    for (int l = 0; l < transcoder.layers(); l++) {
      NDArray written = sample.written().get(l); // [N, d]
      NDArray active = activations.get(l).gt(scope.zeros(new Shape(1)));
      NDArray counts = active.toType(DataType.FLOAT32, false).sum(new int[] {0}); // [F]
      layers.add(
          new DemoQuality.Layer(
              squares(errors.get(l)) / squares(written.sub(written.mean(new int[] {0}))),
              counts.sum().getFloat() / (double) sample.tokens(),
              (int)
                  counts
                      .gt(scope.zeros(new Shape(1)))
                      .toType(DataType.INT64, false)
                      .sum()
                      .getLong()));
    }
    return layers;
  }

  /** What the features do not say of each layer's output, {@code [N, d]}. */
  private static List<NDArray> errors(
      NDManager scope,
      MlpSample sample,
      Transcoder transcoder,
      List<NDArray> activations,
      Path folder) {
    int[] all = IntStream.range(0, transcoder.features()).toArray();
    List<NDArray> errors = new ArrayList<>();
    for (int t = 0; t < transcoder.layers(); t++) {
      errors.add(sample.written().get(t).sub(bias(scope, folder, t)));
    }
    for (int l = 0; l < transcoder.layers(); l++) {
      NDArray rows = transcoder.decoderRows(scope, l, all); // [F, L-l, d]
      for (int t = l; t < transcoder.layers(); t++) {
        NDArray said = activations.get(l).matMul(rows.get(":, {}", t - l)); // [N, d]
        errors.set(t, errors.get(t).sub(said));
      }
    }
    return errors;
  }

  /** {@code b_dec [d]}, which pruning has no use for. */
  private static NDArray bias(NDManager scope, Path folder, int layer) {
    try (SafeTensors file = SafeTensors.open(folder.resolve("W_enc_" + layer + ".safetensors"))) {
      return file.read(scope, "b_dec_" + layer);
    }
  }

  private static double squares(NDArray values) {
    return values.square().sum().getFloat();
  }
}
