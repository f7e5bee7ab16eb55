package dev.piecrust.bench.demo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.tensor.SafeTensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A transcoder that reads and writes the model's own numbers, in the layout of docs/method.md §3.
 *
 * @param layers its tensors by name, an entry a layer, encoder and decoder together
 */
record FoldedClt(List<Map<String, NDArray>> layers) {
  /**
   * Folds the scales away. With {@code z = ((x−μ)/σ)·Wᵀ + b}, the weights become {@code W/σ} and
   * {@code b − W·μ/σ}; what is written to layer {@code t} is multiplied by that layer's spread, and
   * its mean joins the bias. Activations and thresholds stay what they were.
   */
  static FoldedClt of(
      CltWeights weights, List<Scales> reads, List<Scales> writes, float[] thresholds) {
    List<Map<String, NDArray>> layers = new ArrayList<>();
    for (int l = 0; l < weights.layers(); l++) {
      NDArray encoder = weights.encoders().get(l).div(reads.get(l).spread()); // [F, d]
      NDArray shift = encoder.matMul(reads.get(l).mean()); // [F]
      Scales write = writes.get(l);
      NDManager manager = encoder.getManager();
      layers.add(
          Map.of(
              "W_enc_" + l,
              encoder,
              "b_enc_" + l,
              weights.encoderBiases().get(l).sub(shift),
              "threshold_" + l,
              manager.full(shift.getShape(), thresholds[l], DataType.FLOAT32),
              "b_dec_" + l,
              weights.decoderBiases().get(l).mul(write.spread()).add(write.mean()),
              "W_dec_" + l,
              decoder(weights, writes, l)));
    }
    return new FoldedClt(layers);
  }

  /** {@code [F, L-l, d]}. */
  private static NDArray decoder(CltWeights weights, List<Scales> writes, int l) {
    NDArray decoder = weights.decoders().get(l); // [F, (L-l)·d]
    long features = decoder.getShape().get(0);
    NDArray spread = writes.get(l).spread();
    for (int t = l + 1; t < weights.layers(); t++) {
      spread = spread.concat(writes.get(t).spread());
    }
    int targets = weights.layers() - l;
    return decoder.reshape(features, targets, -1).mul(spread.reshape(new Shape(targets, 1)));
  }

  /** Writes the folder that {@code circuit-tracer} and this program read. */
  void write(Path folder, String modelName) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("config.yaml"),
        """
        model_name: %s
        model_kind: cross_layer_transcoder
        feature_input_hook: hook_resid_mid
        feature_output_hook: hook_mlp_out
        """
            .formatted(modelName));
    for (int l = 0; l < layers.size(); l++) {
      String decoder = "W_dec_" + l;
      for (String file : List.of("W_enc_" + l, decoder)) {
        Map<String, NDArray> tensors = new java.util.TreeMap<>(layers.get(l));
        tensors.keySet().removeIf(name -> name.equals(decoder) != file.equals(decoder));
        SafeTensorsWriter.write(folder.resolve(file + ".safetensors"), tensors, Map.of());
      }
    }
  }
}
