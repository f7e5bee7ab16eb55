package dev.piecrust.bench.prune;

import java.util.Arrays;
import java.util.Optional;

/**
 * Shapes with a name, smallest first; the last five are published models with their transcoders.
 */
enum Preset {
  TINY("tiny", llama(2, 64, 4, 2, 128, 256, 256, 8, 2, 6)),
  SMALL("small", llama(6, 256, 4, 4, 1024, 4096, 4096, 16, 8, 24)),
  MEDIUM("medium", llama(8, 1024, 16, 8, 4096, 16384, 8192, 20, 10, 32)),
  MARKER("marker", llama(16, 2048, 32, 8, 8192, 16384, 8192, 20, 1, 32)),
  QWEN3_0_6B(
      new BenchShape(
          Published.QWEN3_0_6B, 28, 1024, 16, 8, 128, 3072, 151936, 20480, 20, 10, 8, 1)),
  GEMMA_3_1B(
      new BenchShape(Published.GEMMA_3_1B, 26, 1152, 4, 1, 256, 6912, 262144, 10080, 20, 10, 4, 1)),
  LLAMA_3_2_1B(llama(16, 2048, 32, 8, 8192, 128256, 32768, 20, 10, 32)),
  GEMMA_2_2B(
      new BenchShape(
          Published.GEMMA_2_2B, 26, 2304, 8, 4, 256, 9216, 256000, 16384, 20, 10, 32, 1)),
  LLAMA_3_1_8B(
      new BenchShape(
          Published.LLAMA_3_1_8B, 32, 4096, 32, 8, 128, 14336, 128256, 131072, 20, 10, 256, 1));

  private final String label;
  private final BenchShape shape;

  Preset(String label, BenchShape shape) {
    this.label = label;
    this.shape = shape;
  }

  /** A published model and its transcoder. */
  Preset(BenchShape shape) {
    this(shape.published().label(), shape);
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
        Published.LLAMA_3_2_1B,
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
