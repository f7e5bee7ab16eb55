package dev.piecrust.transcoder;

import static dev.piecrust.failure.PieCrustException.user;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The list of files in the config of a set, one for each layer: circuit-tracer's own, or Gemma
 * Scope's of either release, of which each has its layout.
 *
 * @param folder that the config is in
 */
record LayerList(Path folder, TranscoderConfig config) {

  /**
   * The files of each layer. A last one that is repeated behind the model's layers, as some
   * published lists have it, is left out; a user error for any other list that does not have one
   * file for each layer.
   */
  List<LayerFiles> layers(int layers) {
    List<ListedFile> listed = config.files();
    int size = listed.size();
    while (size > layers && listed.get(size - 1).equals(listed.get(layers - 1))) {
      size--;
    }
    if (size != layers) {
      throw user(
          "%s: config.yaml lists %d transcoders, expected one for each of the model's %d layers",
          folder, listed.size(), layers);
    }
    refuseRepeated(listed.subList(0, layers));
    List<LayerFiles> files = new ArrayList<>();
    for (int l = 0; l < layers; l++) {
      files.add(files(listed.get(l), l, layers));
    }
    return files;
  }

  private void refuseRepeated(List<ListedFile> listed) {
    Map<ListedFile, Integer> seen = new HashMap<>();
    for (int l = 0; l < listed.size(); l++) {
      Integer before = seen.put(listed.get(l), l);
      if (before != null) {
        throw user(
            "%s: config.yaml lists %s for layer %d and for layer %d, expected another file for"
                + " each",
            folder, listed.get(l).name(), before, l);
      }
    }
  }

  private LayerFiles files(ListedFile listed, int l, int layers) {
    Path file = folder.resolve(listed.local());
    if (!Files.isRegularFile(file)) {
      throw user(
          "%s: config.yaml lists %s, which is not there, expected %s",
          folder,
          listed.name(),
          listed.name().equals(listed.local())
              ? "it in this folder"
              : "it at "
                  + listed.local()
                  + ", where 'piecrust fetch' of the set's repository has it");
    }
    return config.kind() == TranscoderKind.CROSS_LAYER
        ? new LayerFiles(file, file, TensorLayout.GEMMA_SCOPE_2, layers - l, layers)
        : LayerFiles.perLayer(file, TensorLayout.perLayer(file));
  }
}
