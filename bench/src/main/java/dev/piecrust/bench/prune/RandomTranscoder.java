package dev.piecrust.bench.prune;

import static dev.piecrust.failure.PieCrustException.external;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A cross-layer transcoder of random unit rows in the names and files in which those of both
 * reference models were published: ReLU features, so without thresholds.
 *
 * @param thresholds per layer, what a feature's product must exceed for it to be active: its
 *     negated bias
 */
record RandomTranscoder(BenchShape shape, List<Double> thresholds) {
  /** What each of the files holds, by its name; decided without writing anything. */
  SortedMap<String, List<RandomTensor>> files() {
    SortedMap<String, List<RandomTensor>> files = new TreeMap<>();
    long d = shape.width();
    long f = shape.features();
    for (int l = 0; l < shape.layers(); l++) {
      files.put(
          "W_enc_" + l + ".safetensors",
          List.of(
              RandomTensor.normal("W_enc_" + l, shape.unitRow(), f, d),
              RandomTensor.constant("b_enc_" + l, -thresholds.get(l), f),
              RandomTensor.constant("b_dec_" + l, 0, d)));
      files.put(
          "W_dec_" + l + ".safetensors",
          List.of(RandomTensor.normal("W_dec_" + l, shape.unitRow(), f, shape.layers() - l, d)));
    }
    return files;
  }

  void write(Path folder, RandomPool pool) {
    try {
      Files.createDirectories(folder);
      Files.writeString(
          folder.resolve("config.yaml"),
          """
          model_name: %s
          model_kind: cross_layer_transcoder
          feature_input_hook: hook_resid_mid
          feature_output_hook: hook_mlp_out
          """
              .formatted(shape.family().reference()));
    } catch (IOException e) {
      throw external(folder + ": cannot be written (" + e + ")", e);
    }
    files()
        .forEach(
            (name, tensors) ->
                new RandomFile(tensors, shape.dtype()).write(folder.resolve(name), pool));
  }
}
