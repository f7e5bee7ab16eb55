package dev.piecrust.bench;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.prune.SubjectShape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is measured.
 *
 * @param layers {@code L}
 * @param width {@code d}
 * @param heads query heads; their size is {@code width / heads}
 * @param keyValueHeads divides the heads
 * @param inner width of the MLP
 * @param vocabulary {@code V}
 * @param features {@code F}, per layer
 * @param tokens {@code T} of every prompt
 * @param prompts {@code B}, pairs in the batch
 * @param active occurrences wanted per token and layer, clean and corrupted run together
 * @param bf16 whether files hold bf16 (1) or f32 (0)
 */
public record BenchShape(
    int layers,
    int width,
    int heads,
    int keyValueHeads,
    int inner,
    int vocabulary,
    int features,
    int tokens,
    int prompts,
    int active,
    int bf16) {
  /** Budgets whose keep sets are built and measured. */
  static final List<Integer> BUDGETS = List.of(50, 100, 200, 400, 800);

  private static final Map<String, BenchShape> PRESETS = presets();

  public BenchShape {
    if (width % heads != 0 || (width / heads) % 2 != 0 || heads % keyValueHeads != 0) {
      throw user(
          "a shape of width %d with %d heads and %d key-value heads: expected heads that divide"
              + " the width into even parts, and key-value heads that divide the heads",
          width, heads, keyValueHeads);
    }
    if (tokens < 2 || vocabulary < 8 || 2L * active > features) {
      throw user(
          "a shape of %d tokens, vocabulary %d, %d features and %d active: expected at least 2"
              + " tokens, a vocabulary of 8 or more, and at most half of the features active",
          tokens, vocabulary, features, active);
    }
  }

  private static Map<String, BenchShape> presets() {
    Map<String, BenchShape> presets = new LinkedHashMap<>();
    presets.put("tiny", new BenchShape(2, 64, 4, 2, 128, 256, 256, 8, 2, 6, 1));
    presets.put("small", new BenchShape(6, 256, 4, 4, 1024, 4096, 4096, 16, 8, 24, 1));
    presets.put("medium", new BenchShape(8, 1024, 16, 8, 4096, 16384, 8192, 20, 10, 32, 1));
    presets.put("marker", new BenchShape(16, 2048, 32, 8, 8192, 16384, 8192, 20, 1, 32, 1));
    presets.put(
        "llama-3.2-1b", new BenchShape(16, 2048, 32, 8, 8192, 128256, 32768, 20, 10, 32, 1));
    return presets;
  }

  /** The names of the presets, smallest first. */
  public static List<String> names() {
    return List.copyOf(PRESETS.keySet());
  }

  /**
   * Reads a preset with changes, such as {@code medium,prompts=4,tokens=40}; a user error where a
   * name is unknown or a number is none.
   */
  public static BenchShape parse(String text) {
    String[] parts = text.split(",", -1);
    BenchShape preset = PRESETS.get(parts[0]);
    if (preset == null) {
      throw user("the shape '%s' is unknown; expected one of %s", parts[0], names());
    }
    Map<String, Integer> values = preset.values();
    for (int i = 1; i < parts.length; i++) {
      String[] pair = parts[i].split("=", -1);
      if (pair.length != 2 || !values.containsKey(pair[0]) || !pair[1].matches("[0-9]{1,7}")) {
        throw user(
            "'%s' in the shape is wrong; expected NAME=NUMBER with one of %s",
            parts[i], values.keySet());
      }
      int value = Integer.parseInt(pair[1]);
      if (value < 1 && !pair[0].equals("bf16")) {
        throw user("'%s' in the shape is wrong; expected 1 or more", parts[i]);
      }
      values.put(pair[0], value);
    }
    return of(List.copyOf(values.values()));
  }

  /** The numbers by name, in the order of the components. */
  public Map<String, Integer> values() {
    Map<String, Integer> values = new LinkedHashMap<>();
    values.put("layers", layers);
    values.put("width", width);
    values.put("heads", heads);
    values.put("kv-heads", keyValueHeads);
    values.put("inner", inner);
    values.put("vocabulary", vocabulary);
    values.put("features", features);
    values.put("tokens", tokens);
    values.put("prompts", prompts);
    values.put("active", active);
    values.put("bf16", bf16);
    return values;
  }

  private static BenchShape of(List<Integer> v) {
    return new BenchShape(
        v.get(0), v.get(1), v.get(2), v.get(3), v.get(4), v.get(5), v.get(6), v.get(7), v.get(8),
        v.get(9), v.get(10));
  }

  /** What the memory estimate needs to know. */
  SubjectShape subject() {
    return new SubjectShape(parameters(), layers, width, heads, inner, vocabulary, features);
  }

  /** Parameters of the model, embedding and unembedding tied. */
  long parameters() {
    long keys = (long) width / heads * keyValueHeads;
    long layer = 2L * width * width + 2 * keys * width + 3L * width * inner + 2L * width;
    return layers * layer + (long) vocabulary * width + width;
  }

  /** Numbers in all encoders. */
  long encoderWeights() {
    return (long) layers * features * width;
  }

  /** Numbers in all decoders. */
  long decoderWeights() {
    return (long) layers * (layers + 1) / 2 * features * width;
  }

  int bytesPerNumber() {
    return bf16 == 0 ? 4 : 2;
  }
}
