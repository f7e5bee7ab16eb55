package dev.piecrust.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorMathTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 7, 64, 2047, 2048})
  void addsProductsUpAsExactlyAsASumOfDoubles(int n) {
    float[] a = new float[n];
    float[] b = new float[n];
    float[] products = new float[n];
    double expected = 0;
    double magnitude = 0;
    for (int k = 0; k < n; k++) {
      a[k] = (float) Math.sin(k * 1.7);
      b[k] = (float) Math.cos(k * 0.3) * 1000;
      expected += (double) a[k] * b[k];
      magnitude += Math.abs((double) a[k] * b[k]);
    }
    VectorMath.addProducts(a, b, products);
    assertThat(VectorMath.sum(products)).isCloseTo(expected, within(1e-7 * magnitude));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void findsANumberThatIsNoneWhereverItIs(float bad) {
    for (int at = 0; at < 5; at++) {
      float[] x = {1, -2, 3, 0, 5};
      assertThat(VectorMath.finite(x)).isTrue();
      x[at] = bad;
      assertThat(VectorMath.finite(x)).isFalse();
    }
  }
}
