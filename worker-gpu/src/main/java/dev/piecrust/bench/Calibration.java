package dev.piecrust.bench;

import dev.piecrust.model.Trace;
import java.util.List;

/**
 * Thresholds at which random encoders have the wanted number of active features: a row of unit
 * length in mean, times a residual stream of norm {@code |x|}, is normal with deviation {@code
 * |x|/√d}.
 */
final class Calibration {
  private Calibration() {}

  /**
   * @param active features wanted per token
   * @return the threshold of each layer
   */
  static double[] thresholds(List<Trace> traces, BenchShape shape, double active) {
    double[] thresholds = new double[shape.layers()];
    for (int l = 0; l < thresholds.length; l++) {
      int layer = l;
      double[] deviations =
          traces.stream().flatMapToDouble(trace -> deviations(trace, layer, shape)).toArray();
      thresholds[l] = threshold(deviations, active / shape.features());
    }
    return thresholds;
  }

  private static java.util.stream.DoubleStream deviations(
      Trace trace, int layer, BenchShape shape) {
    float[] x = trace.residMid().get(layer).toFloatArray();
    int d = shape.width();
    return java.util.stream.IntStream.range(0, x.length / d)
        .filter(row -> row % shape.tokens() != 0) // position 0 has no activations
        .mapToDouble(
            row -> {
              double sum = 0;
              for (int k = row * d; k < (row + 1) * d; k++) {
                sum += (double) x[k] * x[k];
              }
              return Math.sqrt(sum / d);
            });
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
