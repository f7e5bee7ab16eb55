package dev.piecrust.transcoder;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.model.ConfigFile;
import dev.piecrust.model.InputHook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/**
 * Sets of the trainers' own libraries: one folder a layer, each with a {@code cfg.json} and the
 * weights.
 *
 * @param weights name of the file in each
 * @param layout of its tensors
 * @param reader of a folder and its config
 */
record OneFolderEach(
    String weights, TensorLayout layout, BiFunction<Path, ConfigFile, Layer> reader) {
  private static final Pattern ANY = Pattern.compile(".+");
  private static final List<OneFolderEach> FORMS =
      List.of(
          new OneFolderEach("sae_weights.safetensors", TensorLayout.SAE_LENS, SaeLens::layer),
          new OneFolderEach("sae.safetensors", TensorLayout.SPARSIFY, Sparsify::layer));

  /**
   * What the folder of a layer says of itself.
   *
   * @param number of the layer, as digits
   * @param hook where the encoder reads
   * @param most by TopK, how many features of a token are active at most
   */
  record Layer(String number, InputHook hook, OptionalInt most) {}

  /** The form that a folder has; none where it has neither. */
  static List<OneFolderEach> in(Path folder) {
    return FORMS.stream().filter(form -> !form.folders(folder).isEmpty()).toList();
  }

  private List<Path> folders(Path folder) {
    return LayerFolders.matching(folder, ANY).stream()
        .filter(own -> Files.isRegularFile(own.resolve(weights)))
        .toList();
  }

  TranscoderSource read(Path folder, int layers) {
    SortedMap<Integer, Path> found = new TreeMap<>();
    List<Layer> alike = new ArrayList<>();
    for (Path own : folders(folder)) {
      Layer layer = reader.apply(own, ConfigFile.read(own.resolve("cfg.json")));
      if (layer.number().length() > 4 || Integer.parseInt(layer.number()) >= layers) {
        throw user(
            "%s: is of layer %s, expected one of the model's %d layers",
            own, layer.number(), layers);
      }
      Path other = found.put(Integer.parseInt(layer.number()), own);
      if (other != null) {
        throw user("%s: is of the same layer as %s, expected one for each", own, other);
      }
      Layer general = new Layer("", layer.hook(), layer.most());
      if (!alike.isEmpty() && !alike.get(0).equals(general)) {
        throw user("%s: has another hook or k than others, expected the same in all layers", own);
      }
      alike.add(general);
    }
    if (found.size() != layers) {
      throw user(
          "%s: has transcoders of %d layers, expected one for each of the model's %d layers",
          folder, found.size(), layers);
    }
    return new TranscoderSource(
        alike.get(0).hook(),
        alike.get(0).most(),
        found.values().stream()
            .map(own -> LayerFiles.perLayer(own.resolve(weights), layout))
            .toList());
  }
}
