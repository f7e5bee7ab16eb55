package dev.piecrust.transcoder;

import dev.piecrust.model.InputHook;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Gemma Scope's first release: {@code layer_L/width_W/average_l0_N/params.npz}, of which each layer
 * must have one. Encoders read {@code ln2.hook_normalized}.
 */
final class GemmaScope1 {
  private static final Pattern WIDTH = Pattern.compile("width_.+");
  private static final Pattern SPARSITY = Pattern.compile("average_l0_.+");

  private GemmaScope1() {}

  static boolean isIn(Path folder) {
    return !LayerFolders.matching(folder.resolve("layer_0"), WIDTH).isEmpty();
  }

  static TranscoderSource read(Path folder, int layers) {
    TranscoderSource.refuseMore(folder, folder.resolve("layer_" + layers), layers);
    List<LayerFiles> files = new ArrayList<>();
    double active = 0;
    for (int l = 0; l < layers; l++) {
      Path layer = folder.resolve("layer_" + l);
      Path width =
          LayerFolders.only(layer, LayerFolders.matching(layer, WIDTH), "one folder width_…");
      Path sparsity =
          LayerFolders.only(
              width, LayerFolders.matching(width, SPARSITY), "one folder average_l0_…");
      active += number(String.valueOf(sparsity.getFileName()));
      files.add(LayerFiles.perLayer(sparsity.resolve("params.npz"), TensorLayout.GEMMA_SCOPE_1));
    }
    return new TranscoderSource(
        InputHook.LN2_NORMALIZED,
        OptionalInt.empty(),
        Optional.empty(),
        files,
        active > 0 ? ExpectedFit.ofActive(active) : ExpectedFit.UNKNOWN);
  }

  /** That of average_l0_N; a NaN where it is no number. */
  private static double number(String name) {
    String digits = name.substring(name.lastIndexOf('_') + 1);
    return digits.matches("[0-9]{1,6}") ? Integer.parseInt(digits) : Double.NaN;
  }
}
