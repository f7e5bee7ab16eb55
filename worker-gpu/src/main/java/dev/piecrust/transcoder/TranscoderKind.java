package dev.piecrust.transcoder;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a transcoder's features write to (docs/method.md §3). */
public enum TranscoderKind {
  /** Every layer from their own on: a cross-layer transcoder. */
  CROSS_LAYER("cross_layer_transcoder"),
  /** Their own layer only: a set of per-layer transcoders. */
  PER_LAYER("transcoder_set");

  private final String label;

  TranscoderKind(String label) {
    this.label = label;
  }

  /** Number of layers that features of {@code layer} write to, in a model of {@code layers}. */
  public int writes(int layer, int layers) {
    return this == PER_LAYER ? 1 : layers - layer;
  }

  static Optional<TranscoderKind> labelled(String label) {
    return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst();
  }

  static String labels() {
    return Arrays.stream(values()).map(kind -> kind.label).collect(Collectors.joining(" or "));
  }
}
