package dev.piecrust.transcoder;

import dev.piecrust.model.ConfigFile;
import dev.piecrust.model.InputHook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Gemma Scope's second release: per-layer transcoders in {@code layer_L_width_W_l0_S[_affine]}, of
 * which each layer must have one, or a cross-layer one in {@code params_layer_L.safetensors} beside
 * one {@code config.json}. A path that ends with {@code width_W_l0_S[_affine]} means the first of
 * these among sets of several widths. Encoders read the gained output of the norm before the MLP.
 */
final class GemmaScope2 {
  private static final String CONFIG = "config.json";
  private static final String CROSS_LAYER = "params_layer_%d.safetensors";

  private GemmaScope2() {}

  static boolean isIn(Path folder) {
    return isCrossLayer(folder) || !ofLayer(folder, 0).isEmpty();
  }

  /** The set {@code width_W_l0_S} of {@code layer_L_width_W_l0_S}, among others in one folder. */
  private static boolean isNamed(Path folder) {
    return Files.notExists(folder);
  }

  private static boolean isCrossLayer(Path folder) {
    return Files.isRegularFile(folder.resolve(CROSS_LAYER.formatted(0)));
  }

  private static List<Path> ofLayer(Path folder, int layer) {
    if (!isNamed(folder)) {
      return LayerFolders.matching(folder, Pattern.compile("layer_%d_width_.+".formatted(layer)));
    }
    Path of = folder.resolveSibling("layer_%d_%s".formatted(layer, folder.getFileName()));
    return Files.isDirectory(of) ? List.of(of) : List.of();
  }

  static TranscoderSource read(Path folder, int layers) {
    return isCrossLayer(folder) ? crossLayer(folder, layers) : perLayer(folder, layers);
  }

  private static TranscoderSource source(List<LayerFiles> files, double active) {
    return new TranscoderSource(
        InputHook.MLP_IN,
        OptionalInt.empty(),
        Optional.empty(),
        files,
        active > 0 ? ExpectedFit.ofActive(active) : ExpectedFit.UNKNOWN);
  }

  private static TranscoderSource crossLayer(Path folder, int layers) {
    double active = active(folder);
    TranscoderSource.refuseMore(folder, folder.resolve(CROSS_LAYER.formatted(layers)), layers);
    List<LayerFiles> files = new ArrayList<>();
    for (int l = 0; l < layers; l++) {
      Path file = folder.resolve(CROSS_LAYER.formatted(l));
      // Rows for every layer, those before its own among them, which nothing is written to.
      files.add(new LayerFiles(file, file, TensorLayout.GEMMA_SCOPE_2, layers - l, layers));
    }
    return source(files, active);
  }

  private static TranscoderSource perLayer(Path folder, int layers) {
    for (Path more : ofLayer(folder, layers)) {
      TranscoderSource.refuseMore(folder, more, layers);
    }
    List<LayerFiles> files = new ArrayList<>();
    double active = 0;
    for (int l = 0; l < layers; l++) {
      String expected = "one folder layer_%d_width_… for layer %d".formatted(l, l);
      Path layer = LayerFolders.only(folder, ofLayer(folder, l), expected);
      active += active(layer);
      files.add(
          LayerFiles.perLayer(layer.resolve("params.safetensors"), TensorLayout.GEMMA_SCOPE_2));
    }
    return source(files, active);
  }

  /** Checks a config; what it says of how many features are active, or a NaN. */
  private static double active(Path folder) {
    ConfigFile config = ConfigFile.read(folder.resolve(CONFIG));
    require(config, "architecture", "jump_relu");
    require(config, "hf_hook_point_in", "pre_feedforward_layernorm.output");
    require(config, "hf_hook_point_out", "post_feedforward_layernorm.output");
    return config.positive("l0", Double.NaN);
  }

  private static void require(ConfigFile config, String key, String expected) {
    if (!config.text(key, "").endsWith(expected)) {
      throw config.wrong(key, "\"" + expected + "\" at its end");
    }
  }
}
