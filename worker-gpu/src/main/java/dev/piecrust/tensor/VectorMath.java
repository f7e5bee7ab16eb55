package dev.piecrust.tensor;

/**
 * Sums over float arrays, written so that the compiler turns every loop into vector instructions.
 * It holds memory to work in, so it belongs to one thread.
 */
public final class VectorMath {
  private final float[] products;
  private final float[] halves;

  /**
   * @param width the longest vector
   */
  public VectorMath(int width) {
    products = new float[width];
    halves = new float[width / 2 + 1];
  }

  /** {@code Σ_k a[k]·b[from+k]}, added up in pairs. */
  public float dot(float[] a, float[] b, int from) {
    float[] in = products;
    float[] out = halves;
    for (int k = 0; k < a.length; k++) {
      in[k] = a[k] * b[from + k];
    }
    int n = a.length;
    while (n > 1) {
      n = fold(in, out, n);
      float[] next = in;
      in = out;
      out = next;
    }
    return in[0];
  }

  /** Adds the second half of the first {@code n} numbers to the first; returns what is left. */
  private static int fold(float[] in, float[] out, int n) {
    int half = n / 2;
    int rest = n - half;
    for (int k = 0; k < half; k++) {
      out[k] = in[k] + in[k + rest];
    }
    if (rest > half) {
      out[half] = in[half];
    }
    return rest;
  }

  /** {@code y[from+k] += c·x[k]}. */
  public static void addScaled(float c, float[] x, float[] y, int from) {
    for (int k = 0; k < x.length; k++) {
      y[from + k] += c * x[k];
    }
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
