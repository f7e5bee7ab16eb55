package dev.piecrust.bench.prune;

/**
 * What a phase has to do for one prompt.
 *
 * @param flops floating-point operations of its matrix products
 * @param alone seconds that these take when they run alone, at the rates measured; 0 where they
 *     were not measured
 * @param bytes read from files
 */
record Cost(double flops, double alone, double bytes) {
  static final Cost NONE = new Cost(0, 0, 0);

  static Cost ofBytes(double bytes) {
    return new Cost(0, 0, bytes);
  }

  /** A pass, the unembedding left out. */
  static Cost forward(BenchShape shape, Rates rates) {
    double mlp = perToken(shape, shape.inner());
    double alone =
        2 * mlp / rates.of(Rates.MLP_IN)
            + mlp / rates.of(Rates.MLP_OUT)
            + (projections(shape) + pattern(shape)) / rates.of(Rates.ATTENTION);
    return new Cost(forwardFlops(shape), shape.layers() * shape.tokens() * alone / 1e9, 0);
  }

  /** All encoders. */
  static Cost encode(BenchShape shape, Rates rates) {
    double flops = shape.layers() * shape.tokens() * perToken(shape, shape.features());
    return new Cost(flops, flops / rates.of(Rates.ENCODER) / 1e9, 0);
  }

  /** Keep sets with their complements, and the runs with nothing and with everything removed. */
  static Cost fidelity(BenchShape shape, int sets) {
    double unembedding = shape.tokens() * perToken(shape, shape.vocabulary());
    return new Cost((2.0 * sets + 2) * forwardFlops(shape) + (sets + 2) * unembedding, 0, 0);
  }

  private static double forwardFlops(BenchShape shape) {
    double token = 3 * perToken(shape, shape.inner()) + projections(shape) + pattern(shape);
    return shape.layers() * shape.tokens() * token;
  }

  /** Queries, keys, values and output. */
  private static double projections(BenchShape shape) {
    return 2 * perToken(shape, shape.queries()) + 2 * perToken(shape, shape.keys());
  }

  /** Scores of all positions, and values by them. */
  private static double pattern(BenchShape shape) {
    return 4.0 * shape.tokens() * shape.queries();
  }

  private static double perToken(BenchShape shape, int out) {
    return 2.0 * shape.width() * out;
  }
}
