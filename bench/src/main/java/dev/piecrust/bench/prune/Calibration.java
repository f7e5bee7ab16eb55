package dev.piecrust.bench.prune;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.piecrust.model.TokenBatch;
import dev.piecrust.model.Trace;
import dev.piecrust.model.Transformer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Thresholds at which random encoders have the wanted number of active features: a row of unit
 * length in mean, times an input of norm {@code |x|}, is normal with deviation {@code |x|/√d}.
 */
final class Calibration {
  private static final int PROMPTS = 4;

  /** Another than that of the prompts that are pruned. */
  private static final int SEED = 99;

  private Calibration() {}

  /** The threshold of each layer, from what the model does with a few random prompts. */
  static List<Double> thresholds(BenchShape shape, Transformer model, NDManager manager) {
    double share = shape.active() / 2.0 / shape.features(); // of the clean run alone
    try (NDManager scope = manager.newSubManager()) {
      Trace trace = model.trace(scope, new TokenBatch(RandomPairs.prompts(shape, PROMPTS, SEED)));
      return IntStream.range(0, shape.layers())
          .mapToObj(l -> threshold(deviations(model, trace, l, shape), share))
          .toList();
    }
  }

  private static double[] deviations(Transformer model, Trace trace, int layer, BenchShape shape) {
    int d = shape.width();
    NDArray rows = trace.residMid().get(layer).reshape(-1, d);
    float[] x =
        model.encoderInput(layer, rows, shape.published().transcoder().hook()).toFloatArray();
    return IntStream.range(0, x.length / d)
        .filter(row -> row % shape.tokens() != 0) // position 0 has no activations
        .mapToDouble(
            row -> {
              double sum = 0;
              for (int k = row * d; k < (row + 1) * d; k++) {
                sum += (double) x[k] * x[k];
              }
              return Math.sqrt(sum / d);
            })
        .toArray();
  }

  /** Bisects for the threshold that the mean share of features exceeds. */
  private static double threshold(double[] deviations, double share) {
    double low = 0;
    double high = 0;
    for (double deviation : deviations) {
      high = Math.max(high, 40 * deviation);
    }
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      double above = 0;
      for (double deviation : deviations) {
        above += upperTail(middle / deviation) / deviations.length;
      }
      if (above > share) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /** The standard normal's upper tail, by the approximation 26.2.17 of Abramowitz and Stegun. */
  private static double upperTail(double x) {
    double t = 1 / (1 + 0.2316419 * x);
    double series =
        t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI) * series;
  }
}
