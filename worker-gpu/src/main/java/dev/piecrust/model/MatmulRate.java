package dev.piecrust.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * This machine's rate of one matrix product {@code [rows, in]·[out, in]ᵀ}.
 *
 * @param what which product of the program it is
 * @param gflops 10⁹ floating-point operations a second, the best of several
 */
public record MatmulRate(String what, int rows, int in, int out, double gflops) {
  private static final long LEAST_NANOS = 300_000_000;

  /**
   * Measures it.
   *
   * @param manager whose device is measured
   * @param what which product it is
   */
  public static MatmulRate measure(NDManager manager, String what, int rows, int in, int out) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray x = scope.randomNormal(new Shape(rows, in));
      NDArray w = scope.randomNormal(new Shape(out, in));
      double best = 0;
      long started = System.nanoTime();
      for (int i = 0; i < 3 || System.nanoTime() - started < LEAST_NANOS; i++) {
        long from = System.nanoTime();
        Ops.linear(x, w).close();
        double flops = 2.0 * rows * in * out;
        best = Math.max(best, flops / (System.nanoTime() - from));
      }
      return new MatmulRate(what, rows, in, out, best);
    }
  }
}
