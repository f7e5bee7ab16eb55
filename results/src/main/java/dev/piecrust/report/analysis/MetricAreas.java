package dev.piecrust.report.analysis;

import dev.piecrust.feature.MetricCurve;
import dev.piecrust.feature.MetricCurves;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Areas under the curves of one method over prompts, by the trapezoid rule on the linear axis from
 * the smallest share to 1. Intervals draw prompts, and make curve and areas of each draw.
 *
 * <p>Letters: N prompts, S shares with 1 among them, R resamples.
 */
final class MetricAreas {
  private static final String PER_PROMPT = "per-prompt";

  private MetricAreas() {}

  /**
   * All areas that the curves have: held out and in-sample, with error terms kept and patched.
   *
   * @param curves one for each prompt
   */
  static List<MetricArea> of(String method, String ranking, List<MetricCurves> curves) {
    List<MetricArea> areas = new ArrayList<>();
    for (boolean heldOut : new boolean[] {true, false}) {
      List<MetricCurve> side =
          curves.stream().map(c -> heldOut ? c.heldOut() : c.inSample()).toList();
      String ranked = heldOut ? ranking : PER_PROMPT;
      areas.add(
          area(method, ranked, heldOut, true, side, MetricCurve::empty, MetricCurve.Point::metric));
      if (side.stream().allMatch(curve -> curve.emptyPatched() != null)) {
        areas.add(
            area(
                method,
                ranked,
                heldOut,
                false,
                side,
                curve -> Objects.requireNonNull(curve.emptyPatched()),
                point -> Objects.requireNonNull(point.patched())));
      }
    }
    return areas;
  }

  private static MetricArea area(
      String method,
      String ranking,
      boolean heldOut,
      boolean errorsKept,
      List<MetricCurve> curves,
      ToDoubleFunction<MetricCurve> empty,
      ToDoubleFunction<MetricCurve.Point> metric) {
    List<MetricCurve.Point> shares = curves.get(0).points();
    List<double[]> series = new ArrayList<>(); // clean, empty, and each share below 1: [N] each
    series.add(values(curves, MetricCurve::clean));
    series.add(values(curves, empty));
    for (int s = 0; s < shares.size(); s++) {
      int at = s;
      series.add(values(curves, curve -> metric.applyAsDouble(curve.points().get(at))));
    }
    double[] share = new double[shares.size() + 1]; // [S]
    Arrays.setAll(share, s -> s < shares.size() ? shares.get(s).share() : 1);
    double[] mean = faithfulness(series.stream().mapToDouble(Statistics::mean).toArray());
    double[][] drawn = new double[0][]; // [R, S]
    if (curves.size() > 1) {
      double[][] means = new Resampling(Statistics.SEED, Statistics.RESAMPLES).means(series);
      drawn = new double[Statistics.RESAMPLES][];
      Arrays.setAll(
          drawn, r -> faithfulness(Arrays.stream(means).mapToDouble(m -> m[r]).toArray()));
    }
    List<MetricArea.Point> points = new ArrayList<>();
    for (int s = 0; s < share.length; s++) {
      int at = s;
      points.add(
          new MetricArea.Point(
              share[s],
              s < shares.size()
                  ? curves.stream().mapToInt(c -> c.points().get(at).kept()).average()
                  : OptionalDouble.empty(),
              estimate(curves.size(), mean, drawn, f -> f[at])));
    }
    return new MetricArea(
        method,
        ranking,
        heldOut,
        errorsKept,
        points,
        estimate(curves.size(), mean, drawn, f -> cpr(share, f)),
        estimate(curves.size(), mean, drawn, f -> cmd(share, f)));
  }

  private static double[] values(List<MetricCurve> curves, ToDoubleFunction<MetricCurve> value) {
    return curves.stream().mapToDouble(value).toArray();
  }

  /** From the means of clean, empty and each share below 1 to f at each share, 1 included, [S]. */
  private static double[] faithfulness(double[] means) {
    double[] f = new double[means.length - 1];
    double span = means[0] - means[1];
    for (int s = 0; s + 2 < means.length; s++) {
      f[s] = (means[s + 2] - means[1]) / span;
    }
    f[f.length - 1] = 1;
    return f;
  }

  private static Estimate estimate(
      int n, double[] mean, double[][] drawn, Function<double[], Double> of) {
    double value = of.apply(mean);
    if (!Double.isFinite(value)) {
      return Estimate.NONE;
    }
    double[] resampled =
        Arrays.stream(drawn).mapToDouble(of::apply).filter(Double::isFinite).toArray();
    if (resampled.length == 0) {
      OptionalDouble none = OptionalDouble.empty();
      return new Estimate(n, 0, OptionalDouble.of(value), none, none, none);
    }
    return Statistics.interval(n, 0, value, OptionalDouble.empty(), resampled);
  }

  /**
   * The circuit performance ratio.
   *
   * @param share ascending, [S]
   * @param f faithfulness at each, [S]
   */
  static double cpr(double[] share, double[] f) {
    double area = 0;
    for (int s = 1; s < share.length; s++) {
      area += (share[s] - share[s - 1]) * (f[s] + f[s - 1]) / 2;
    }
    return area;
  }

  /** The circuit-model distance, likewise. */
  static double cmd(double[] share, double[] f) {
    return cpr(share, Arrays.stream(f).map(value -> Math.abs(1 - value)).toArray());
  }
}
