package dev.piecrust.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.tensor.TensorRuntime;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** In f64, where the identities of a bilinear map hold to rounding. */
class DecodingTest {
  private static final int LAYERS = 3;
  private static final int TOKENS = 5;
  private static final int WIDTH = 4;
  private static final int FEATURES = 6;

  private final NDManager manager = TensorRuntime.start().newManager();

  static Stream<String> kinds() {
    return Stream.of("per layer", "cross layer", "one layer");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theAdjointIsTheTransposeInActivationsAndInWeights(String kind) {
    try (manager) {
      Decoding decoding = decoding(kind);
      int layers = kind.equals("one layer") ? 1 : LAYERS;
      NDArray a = random(layers, TOKENS, FEATURES);
      NDArray g = random(layers, TOKENS, WIDTH);

      Decoding.Adjoint adjoint = decoding.adjoint(a, g);

      double said = dot(decoding.decode(a), g);
      assertThat(dot(a, adjoint.activations())).isCloseTo(said, within(1e-10));
      NDArray others = random(layers, TOKENS, FEATURES);
      assertThat(dot(others, adjoint.activations()))
          .isCloseTo(dot(decoding.decode(others), g), within(1e-10));
      Decoding different = decoding(kind);
      double weighed = 0;
      for (int i = 0; i < adjoint.weights().size(); i++) {
        weighed += dot(different.weights().get(i), adjoint.weights().get(i));
      }
      assertThat(weighed).isCloseTo(dot(different.decode(a), g), within(1e-10));
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aFeatureWritesWhatItsStoredDecoderSays(String kind) {
    try (manager) {
      Decoding decoding = decoding(kind);
      int layers = kind.equals("one layer") ? 1 : LAYERS;
      NDArray a = manager.zeros(new Shape(layers, 1, FEATURES), DataType.FLOAT64);
      int last = layers - 1;
      a.set(new ai.djl.ndarray.index.NDIndex("{}, 0, 2", last), 3);

      NDArray wrote = decoding.decode(a);

      NDArray stored = decoding.stored(last).get(2).flatten(); // the last layer writes once
      assertThat(wrote.get(last).flatten().sub(stored.mul(3)).abs().max().getDouble())
          .isCloseTo(0, within(1e-12));
      double norm = decoding.norms().get(last).flatten().getDouble(2);
      assertThat(norm).isCloseTo(Math.sqrt(dot(stored, stored)), within(1e-12));
    }
  }

  private Decoding decoding(String kind) {
    return switch (kind) {
      case "per layer" -> new PerLayerDecoding(random(LAYERS, FEATURES, WIDTH));
      case "one layer" -> new CrossLayerDecoding(List.of(random(FEATURES, WIDTH)));
      default ->
          new CrossLayerDecoding(
              IntStream.range(0, LAYERS)
                  .mapToObj(l -> random(FEATURES, (long) (LAYERS - l) * WIDTH))
                  .toList());
    };
  }

  private NDArray random(long... shape) {
    return manager.randomNormal(0, 1, new Shape(shape), DataType.FLOAT64);
  }

  private static double dot(NDArray one, NDArray two) {
    return one.mul(two).sum().getDouble();
  }
}
