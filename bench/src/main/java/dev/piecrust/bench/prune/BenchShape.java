package dev.piecrust.bench.prune;

import static dev.piecrust.failure.PieCrustException.user;

import ai.djl.ndarray.types.Shape;
import com.google.errorprone.annotations.Immutable;
import dev.piecrust.model.decoder.DecoderShape;
import dev.piecrust.prune.load.SubjectShape;
import dev.piecrust.tensor.DType;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is measured. What could not be built or pruned is a user error.
 *
 * @param published whose names, files and config are written
 * @param layers {@code L}
 * @param width {@code d}
 * @param heads query heads
 * @param keyValueHeads divides the heads
 * @param headSize even
 * @param inner width of the MLP
 * @param vocabulary {@code V}, 8 or more
 * @param features {@code F}, per layer
 * @param tokens {@code T} of every prompt, 2 or more
 * @param prompts {@code B}, pairs in the batch
 * @param active occurrences wanted per token and layer, clean and corrupted run together; at most
 *     half of the features
 * @param bf16 whether files hold bf16 (1) or f32 (0)
 */
@Immutable
public record BenchShape(
    Published published,
    int layers,
    int width,
    int heads,
    int keyValueHeads,
    int headSize,
    int inner,
    int vocabulary,
    int features,
    int tokens,
    int prompts,
    int active,
    int bf16) {
  /** Budgets whose keep sets are built and measured. */
  static final List<Integer> BUDGETS = List.of(50, 100, 200, 400, 800);

  /** What a published model and its transcoder decide. */
  private static final List<String> SIZES =
      List.of(
          "layers", "width", "heads", "kv-heads", "head-size", "inner", "vocabulary", "features");

  /** As few as show that a feature writes into later layers too. */
  private static final int FEWEST_LAYERS = 2;

  public BenchShape {
    if (headSize % 2 != 0 || heads % keyValueHeads != 0) {
      throw user(
          "a shape with heads of size %d, %d query heads and %d key-value heads: expected an even"
              + " size, and key-value heads that divide the query heads",
          headSize, heads, keyValueHeads);
    }
    if (tokens < 2 || vocabulary < 8 || 2L * active > features) {
      throw user(
          "a shape of %d tokens, vocabulary %d, %d features and %d active: expected at least 2"
              + " tokens, a vocabulary of 8 or more, and at most half of the features active",
          tokens, vocabulary, features, active);
    }
  }

  /** The names of the presets, smallest first. */
  public static List<String> names() {
    return Arrays.stream(Preset.values()).map(Preset::label).toList();
  }

  /**
   * Reads a preset, divided by a number where it says so, with changes, such as {@code
   * gemma-2-2b/8} or {@code medium,prompts=4,tokens=40}; a user error where a name is unknown or a
   * number is none.
   */
  public static BenchShape parse(String text) {
    return ShapeText.read(text);
  }

  /**
   * The same model's names, heads and prompts, and everything else divided: at least two layers,
   * and a user error where a head would not have a whole, even size.
   */
  BenchShape dividedBy(int n) {
    if (width % n != 0 || headSize % (2 * n) != 0) {
      throw user(
          "a width of %d and heads of size %d cannot be divided by %d; expected a divisor of the"
              + " width and of half the head size",
          width, headSize, n);
    }
    return new BenchShape(
        published,
        Math.max(FEWEST_LAYERS, layers / n),
        width / n,
        heads,
        keyValueHeads,
        headSize / n,
        inner / n,
        vocabulary / n,
        features / n,
        tokens,
        prompts,
        active,
        bf16);
  }

  /** The numbers by name, in the order of the components. */
  public Map<String, Integer> values() {
    Map<String, Integer> values = new LinkedHashMap<>();
    values.put("layers", layers);
    values.put("width", width);
    values.put("heads", heads);
    values.put("kv-heads", keyValueHeads);
    values.put("head-size", headSize);
    values.put("inner", inner);
    values.put("vocabulary", vocabulary);
    values.put("features", features);
    values.put("tokens", tokens);
    values.put("prompts", prompts);
    values.put("active", active);
    values.put("bf16", bf16);
    return values;
  }

  /** The same names with other numbers, by name; all of {@link #values}. */
  BenchShape with(Map<String, Integer> others) {
    List<Integer> v = List.copyOf(others.values());
    return new BenchShape(
        published, v.get(0), v.get(1), v.get(2), v.get(3), v.get(4), v.get(5), v.get(6), v.get(7),
        v.get(8), v.get(9), v.get(10), v.get(11));
  }

  /** The same with fewer layers. */
  BenchShape withLayers(int others) {
    Map<String, Integer> values = values();
    values.put("layers", others);
    return with(values);
  }

  /** The same with prompts of another length. */
  BenchShape withTokens(int others) {
    Map<String, Integer> values = values();
    values.put("tokens", others);
    return with(values);
  }

  /** What the memory estimate needs to know. */
  SubjectShape subject() {
    return new SubjectShape(
        parameters(),
        published.names().layerParameters(decoder()),
        layers,
        width,
        heads,
        inner,
        vocabulary,
        features,
        published.transcoder().linearLayers(this));
  }

  /** The shape of each of the model's tensors. */
  Map<String, Shape> tensors() {
    return published.names().shapes(decoder());
  }

  private DecoderShape decoder() {
    return new DecoderShape(
        vocabulary, width, layers, heads, keyValueHeads, headSize, inner, published.tied());
  }

  /** Parameters of the model. */
  long parameters() {
    return tensors().values().stream().mapToLong(Shape::size).sum();
  }

  /** The deviation of a row's elements that makes its length 1, in mean. */
  double unitRow() {
    return 1 / Math.sqrt(width);
  }

  /** Width of all queries. */
  int queries() {
    return heads * headSize;
  }

  /** Width of all keys, and of all values. */
  int keys() {
    return keyValueHeads * headSize;
  }

  /** Bytes of the model's weights on disk. */
  long modelBytes() {
    return parameters() * dtype().bytes();
  }

  /** Bytes of the encoders on disk. */
  long encoderBytes() {
    return (long) layers * features * width * published.transcoder().dtype(this).bytes();
  }

  /** Bytes of the whole transcoder that are written, holes left out. */
  long transcoderBytes() {
    return new RandomTranscoder(this, Collections.nCopies(layers, 0.0))
            .files().values().stream().flatMap(List::stream).mapToLong(RandomTensor::written).sum()
        * published.transcoder().dtype(this).bytes();
  }

  /** Sizes that are not those of the published model and transcoder, such as "layers 3 of 32". */
  List<String> part() {
    Map<String, Integer> whole = parse(published.label()).values();
    return values().entrySet().stream()
        .filter(size -> SIZES.contains(size.getKey()))
        .filter(size -> !size.getValue().equals(whole.get(size.getKey())))
        .map(size -> size.getKey() + " " + size.getValue() + " of " + whole.get(size.getKey()))
        .toList();
  }

  /** Of the model's tensors on disk. */
  DType dtype() {
    return bf16 == 0 ? DType.F32 : DType.BF16;
  }
}
