package dev.piecrust.bench.prune;

import java.util.Arrays;
import java.util.Optional;

/** Shapes with a name, smallest first; the last two are published models with their transcoders. */
enum Preset {
  TINY("tiny", llama(2, 64, 4, 2, 128, 256, 256, 8, 2, 6)),
  SMALL("small", llama(6, 256, 4, 4, 1024, 4096, 4096, 16, 8, 24)),
  MEDIUM("medium", llama(8, 1024, 16, 8, 4096, 16384, 8192, 20, 10, 32)),
  MARKER("marker", llama(16, 2048, 32, 8, 8192, 16384, 8192, 20, 1, 32)),
  LLAMA_3_2_1B("llama-3.2-1b", llama(16, 2048, 32, 8, 8192, 128256, 32768, 20, 10, 32)),
  GEMMA_2_2B(
      "gemma-2-2b",
      new BenchShape(Family.GEMMA2, 26, 2304, 8, 4, 256, 9216, 256000, 16384, 20, 10, 32, 1));

  private final String label;
  private final BenchShape shape;

  Preset(String label, BenchShape shape) {
    this.label = label;
    this.shape = shape;
  }

  private static BenchShape llama(
      int layers,
      int width,
      int heads,
      int keyValueHeads,
      int inner,
      int vocabulary,
      int features,
      int tokens,
      int prompts,
      int active) {
    return new BenchShape(
        Family.LLAMA,
        layers,
        width,
        heads,
        keyValueHeads,
        width / heads,
        inner,
        vocabulary,
        features,
        tokens,
        prompts,
        active,
        1);
  }

  static Optional<BenchShape> labelled(String label) {
    return Arrays.stream(values())
        .filter(preset -> preset.label.equals(label))
        .map(preset -> preset.shape)
        .findFirst();
  }

  String label() {
    return label;
  }
}
