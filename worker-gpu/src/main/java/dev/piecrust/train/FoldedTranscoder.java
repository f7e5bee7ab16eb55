package dev.piecrust.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.piecrust.campaign.TrainSpec;
import dev.piecrust.tensor.SafeTensorsWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * A trained transcoder that reads and writes the model's own numbers: the scales of training are
 * folded away. With {@code z = ((x−μ)/σ)·Wᵀ + b}, encoders become {@code W/σ} and {@code b −
 * W·μ/σ}; what is written into a layer is multiplied by that layer's spread, and its mean joins the
 * bias. Activations and thresholds stay what they were.
 */
final class FoldedTranscoder {
  private final TrainSpec spec;
  private final Trainer trainer;

  FoldedTranscoder(TrainSpec spec, Trainer trainer) {
    this.spec = spec;
    this.trainer = trainer;
  }

  /**
   * Writes the folder that {@code circuit-tracer} and this program read; its config comes last, so
   * that a folder which has one is whole.
   */
  void write(NDManager manager, Path folder, String modelName) {
    int layers = Math.toIntExact(trainer.weights().encoder().getShape().get(0));
    for (int l = 0; l < layers; l++) {
      try (NDManager scope = manager.newSubManager()) {
        layer(scope, folder, l);
      }
    }
    writeConfig(spec, folder, modelName, "");
  }

  /**
   * Writes the config, which is there whole or not at all.
   *
   * @param selfTest lines at its end
   */
  static void writeConfig(TrainSpec spec, Path folder, String modelName, String selfTest) {
    WholeFile.write(folder.resolve("config.yaml"), config(spec, modelName) + selfTest);
  }

  private static String config(TrainSpec spec, String modelName) {
    boolean topK = spec.activation() == TrainSpec.Activation.TOPK;
    return """
        model_name: %s
        model_kind: %s
        feature_input_hook: %s
        feature_output_hook: hook_mlp_out
        %s"""
        .formatted(
            modelName,
            perLayer(spec) ? "transcoder_set" : "cross_layer_transcoder",
            spec.hook().label(),
            topK ? "activation: topk\nk: %d\n".formatted(spec.l0()) : "");
  }

  private boolean perLayer() {
    return perLayer(spec);
  }

  private static boolean perLayer(TrainSpec spec) {
    return spec.kind() == TrainSpec.Kind.PER_LAYER;
  }

  private void layer(NDManager scope, Path folder, int l) {
    Map<String, NDArray> tensors = tensors(scope, l);
    if (perLayer()) {
      SafeTensorsWriter.write(folder.resolve("layer_" + l + ".safetensors"), tensors, Map.of());
      return;
    }
    Map<String, NDArray> encoder = new TreeMap<>();
    Map<String, NDArray> decoder = new TreeMap<>();
    tensors.forEach(
        (name, tensor) -> (name.equals("W_dec") ? decoder : encoder).put(name + "_" + l, tensor));
    SafeTensorsWriter.write(folder.resolve("W_enc_" + l + ".safetensors"), encoder, Map.of());
    SafeTensorsWriter.write(folder.resolve("W_dec_" + l + ".safetensors"), decoder, Map.of());
  }

  private Map<String, NDArray> tensors(NDManager scope, int l) {
    Weights weights = trainer.weights().in(scope);
    NDArray readMean = at(scope, trainer.reads().mean(), l).flatten(); // [d]
    NDArray readSpread = at(scope, trainer.reads().spread(), l).flatten(); // [1]
    NDArray writeMean = at(scope, trainer.writes().mean(), l).flatten();
    NDArray writeSpread = at(scope, trainer.writes().spread(), l).flatten();
    NDArray encoder = weights.encoder().get(l).div(readSpread); // [F, d]
    NDArray bias = weights.encoderBias().get(l).flatten().sub(encoder.matMul(readMean));
    NDArray written = weights.decoderBias().get(l).flatten().mul(writeSpread).add(writeMean);
    Map<String, NDArray> tensors = new TreeMap<>();
    tensors.put("W_enc", encoder);
    tensors.put("b_enc", bias);
    tensors.put("W_dec", decoder(scope, weights, l));
    if (weights.skip().isPresent()) {
      NDArray skip = weights.skip().get().get(l).mul(writeSpread).div(readSpread); // [out, in]
      tensors.put("W_skip", skip);
      written = written.sub(skip.matMul(readMean));
    }
    tensors.put("b_dec", written);
    switch (spec.activation()) {
      case BATCHTOPK, JUMPRELU ->
          tensors.put(
              perLayer() ? "activation_function.threshold" : "threshold",
              at(scope, trainer.gate().threshold(), l).flatten().add(bias.zerosLike()));
      case TOPK, RELU -> {
        // 0 is their threshold.
      }
    }
    return tensors;
  }

  /** {@code [F, d]}, or {@code [F, L-l, d]}. */
  private NDArray decoder(NDManager scope, Weights weights, int l) {
    NDArray stored = weights.decoding().stored(l);
    NDArray spread = Weights.handle(scope, trainer.writes().spread()); // [L, 1, 1]
    return perLayer()
        ? stored.mul(spread.get(l).flatten())
        : stored.mul(spread.get("{}:", l).reshape(-1, 1));
  }

  private static NDArray at(NDManager scope, NDArray all, int layer) {
    return Weights.handle(scope, all).get(layer);
  }
}
