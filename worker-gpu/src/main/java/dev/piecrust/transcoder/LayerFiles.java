package dev.piecrust.transcoder;

import static dev.piecrust.failure.PieCrustException.user;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where the tensors of one layer's transcoder lie (docs/method.md §3).
 *
 * @param encoderFile holds the encoder and its bias
 * @param decoderFile holds the decoder; may be the same file
 * @param encoder name of {@code W_enc} [F, d]
 * @param bias name of {@code b_enc} [F]
 * @param threshold name of the JumpReLU thresholds [F], which need not be there
 * @param decoder name of {@code W_dec}: [F, writes, d], or [F, d] in a transcoder set
 * @param writes number of layers that the decoder writes to, from its own on
 * @param kind the family of the file
 */
record LayerFiles(
    Path encoderFile,
    Path decoderFile,
    String encoder,
    String bias,
    String threshold,
    String decoder,
    int writes,
    TranscoderKind kind) {

  /** The files of each layer; a user error where they are not as many as the model's layers. */
  static List<LayerFiles> of(Path folder, TranscoderConfig config, int layers) {
    if (config.kind() == TranscoderKind.CROSS_LAYER) {
      refuseMore(folder, folder.resolve("W_enc_" + layers + ".safetensors"), layers);
      return IntStream.range(0, layers).mapToObj(l -> crossLayer(folder, l, layers)).toList();
    }
    if (config.files().isEmpty()) {
      refuseMore(folder, folder.resolve("layer_" + layers + ".safetensors"), layers);
      return IntStream.range(0, layers)
          .mapToObj(l -> perLayer(folder.resolve("layer_" + l + ".safetensors")))
          .toList();
    }
    if (config.files().size() != layers) {
      throw user(
          "%s: config.yaml lists %d transcoders, expected one for each of the model's %d layers",
          folder, config.files().size(), layers);
    }
    return config.files().stream().map(name -> perLayer(folder.resolve(name))).toList();
  }

  private static LayerFiles crossLayer(Path folder, int l, int layers) {
    return new LayerFiles(
        folder.resolve("W_enc_" + l + ".safetensors"),
        folder.resolve("W_dec_" + l + ".safetensors"),
        "W_enc_" + l,
        "b_enc_" + l,
        "threshold_" + l,
        "W_dec_" + l,
        TranscoderKind.CROSS_LAYER.writes(l, layers),
        TranscoderKind.CROSS_LAYER);
  }

  private static LayerFiles perLayer(Path file) {
    return new LayerFiles(
        file,
        file,
        "W_enc",
        "b_enc",
        "activation_function.threshold",
        "W_dec",
        1,
        TranscoderKind.PER_LAYER);
  }

  private static void refuseMore(Path folder, Path next, int layers) {
    if (Files.exists(next)) {
      throw user(
          "%s: has %s, expected no more than the model's %d layers",
          folder, next.getFileName(), layers);
    }
  }

  /** The shape that the decoder must have. */
  long[] decoderShape(long features, long width) {
    return kind == TranscoderKind.CROSS_LAYER
        ? new long[] {features, writes, width}
        : new long[] {features, width};
  }
}
