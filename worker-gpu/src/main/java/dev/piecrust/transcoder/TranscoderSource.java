package dev.piecrust.transcoder;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.model.InputHook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A transcoder's folder in any of the public layouts (docs/method.md §3), before its tensors are
 * looked at.
 *
 * @param hook where its encoders read
 * @param most by TopK, how many features of a token are active at most
 * @param joint TopK over all layers together, where it is that
 * @param layers the files of each
 * @param expected what the configuration says a self-test finds
 */
record TranscoderSource(
    InputHook hook,
    OptionalInt most,
    Optional<JointTopK> joint,
    List<LayerFiles> layers,
    ExpectedFit expected) {
  TranscoderSource {
    layers = List.copyOf(layers);
  }

  /** One whose configuration says nothing more; by TopK each layer has as many as there may be. */
  TranscoderSource(InputHook hook, OptionalInt most, List<LayerFiles> layers) {
    this(
        hook,
        most,
        Optional.empty(),
        layers,
        most.isPresent()
            ? ExpectedFit.ofActive((double) most.getAsInt() * layers.size())
            : ExpectedFit.UNKNOWN);
  }

  /** Reads a folder; a user error where it has not as many layers as the model. */
  static TranscoderSource read(Path folder, int layers) {
    if (Files.isRegularFile(folder.resolve("config.yaml"))) {
      return circuitTracer(folder, layers);
    }
    if (GemmaScope1.isIn(folder)) {
      return GemmaScope1.read(folder, layers);
    }
    if (GemmaScope2.isIn(folder)) {
      return GemmaScope2.read(folder, layers);
    }
    List<OneFolderEach> form = OneFolderEach.in(folder);
    return form.isEmpty()
        ? circuitTracer(folder, layers) // whose config is what is missed
        : form.get(0).read(folder, layers);
  }

  private static TranscoderSource circuitTracer(Path folder, int layers) {
    TranscoderConfig config = TranscoderConfig.read(folder);
    TranscoderSource found =
        new TranscoderSource(config.hook(), config.most(), files(folder, config, layers));
    ExpectedFit told =
        config.joint().map(joint -> ExpectedFit.ofActive(joint.most())).orElse(found.expected);
    return new TranscoderSource(
        found.hook, found.most, config.joint(), found.layers, config.selfTest().orElse(told));
  }

  private static List<LayerFiles> files(Path folder, TranscoderConfig config, int layers) {
    if (!config.files().isEmpty()) {
      return new LayerList(folder, config).layers(layers);
    }
    if (config.kind() == TranscoderKind.CROSS_LAYER) {
      refuseMore(folder, folder.resolve("W_enc_" + layers + ".safetensors"), layers);
      return IntStream.range(0, layers).mapToObj(l -> crossLayer(folder, l, layers)).toList();
    }
    refuseMore(folder, folder.resolve("layer_" + layers + ".safetensors"), layers);
    return IntStream.range(0, layers)
        .mapToObj(l -> folder.resolve("layer_" + l + ".safetensors"))
        .map(file -> LayerFiles.perLayer(file, TensorLayout.PER_LAYER))
        .toList();
  }

  private static LayerFiles crossLayer(Path folder, int l, int layers) {
    int writes = TranscoderKind.CROSS_LAYER.writes(l, layers);
    return new LayerFiles(
        folder.resolve("W_enc_" + l + ".safetensors"),
        folder.resolve("W_dec_" + l + ".safetensors"),
        TensorLayout.crossLayer(l),
        writes,
        writes);
  }

  static void refuseMore(Path folder, Path next, int layers) {
    if (Files.exists(next)) {
      throw user(
          "%s: has %s, expected no more than the model's %d layers",
          folder, next.getFileName(), layers);
    }
  }
}
