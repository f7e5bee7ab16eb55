package dev.piecrust.tensor;

/**
 * Sums over float arrays, written so that the compiler turns the loops over several arrays into
 * vector instructions: it does so only where all of them are indexed from 0.
 */
public final class VectorMath {
  private VectorMath() {}

  /** {@code sum[k] += a[k]·b[k]}. */
  public static void addProducts(float[] a, float[] b, float[] sum) {
    for (int k = 0; k < sum.length; k++) {
      sum[k] += a[k] * b[k];
    }
  }

  /** {@code sum[k] += c·x[k]}. */
  public static void addScaled(float c, float[] x, float[] sum) {
    for (int k = 0; k < sum.length; k++) {
      sum[k] += c * x[k];
    }
  }

  /** {@code Σ_k x[k]}, exact but for the last bits of a double. */
  public static double sum(float[] x) {
    double a = 0; // four sums that do not wait for each other
    double b = 0;
    double c = 0;
    double d = 0;
    int k = 0;
    for (; k + 3 < x.length; k += 4) {
      a += x[k];
      b += x[k + 1];
      c += x[k + 2];
      d += x[k + 3];
    }
    for (; k < x.length; k++) {
      a += x[k];
    }
    return (a + b) + (c + d);
  }

  /** Whether there is no NaN and no infinity among the numbers. */
  public static boolean finite(float[] x) {
    float a = 0; // two sums that do not wait for each other
    float b = 0;
    for (int k = 0; k + 1 < x.length; k += 2) {
      a += x[k] * 0;
      b += x[k + 1] * 0;
    }
    return a + b == 0 && (x.length == 0 || x[x.length - 1] * 0 == 0);
  }
}
