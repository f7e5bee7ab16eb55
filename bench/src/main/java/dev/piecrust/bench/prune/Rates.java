package dev.piecrust.bench.prune;

import ai.djl.ndarray.NDManager;
import dev.piecrust.model.MatmulRate;
import java.nio.file.Path;
import java.util.List;

/** What this machine reaches: matrix products of the very shapes that are used, and file reads. */
record Rates(List<MatmulRate> products, ReadRate reads) {
  static final String MLP_IN = "MLP in";
  static final String MLP_OUT = "MLP out";
  static final String ATTENTION = "attention";
  static final String ENCODER = "encoder";
  private static final int SQUARE = 2048;

  static Rates measure(NDManager manager, BenchShape shape, Path file) {
    int rows = shape.prompts() * shape.tokens();
    return new Rates(
        List.of(
            MatmulRate.measure(manager, "square", SQUARE, SQUARE, SQUARE),
            MatmulRate.measure(manager, MLP_IN, rows, shape.width(), shape.inner()),
            MatmulRate.measure(manager, MLP_OUT, rows, shape.inner(), shape.width()),
            MatmulRate.measure(manager, ATTENTION, rows, shape.width(), shape.queries()),
            MatmulRate.measure(manager, ENCODER, rows, shape.width(), shape.features())),
        ReadRate.of(file));
  }

  /** The rate of one of the products. */
  double of(String what) {
    return products.stream()
        .filter(rate -> rate.what().equals(what))
        .findFirst()
        .orElseThrow()
        .gflops();
  }

  double best() {
    return products.stream().mapToDouble(MatmulRate::gflops).max().orElse(0);
  }
}
