package dev.piecrust.view;

import dev.piecrust.report.analysis.Resampling;
import dev.piecrust.report.analysis.Statistics;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A mean with its 95 % interval: by bootstrap; above {@value #LARGE} values, where that gives the
 * same, from the standard error.
 *
 * @param n values
 * @param mean absent where there is no value
 * @param low absent below two values
 * @param high likewise
 */
public record Interval(int n, OptionalDouble mean, OptionalDouble low, OptionalDouble high) {
  private static final int LARGE = 200;
  private static final int RESAMPLES = 2000;
  private static final double Z = 1.959964;
  private static final double LOW = 0.025;

  static Interval ofMean(double[] values) {
    if (values.length < 2) {
      OptionalDouble none = OptionalDouble.empty();
      return new Interval(values.length, Arrays.stream(values).findFirst(), none, none);
    }
    return values.length > LARGE ? normal(values) : bootstrap(values);
  }

  private static Interval bootstrap(double[] values) {
    double[] means = new Resampling(Statistics.SEED, RESAMPLES).means(List.of(values))[0]; // [R]
    Arrays.sort(means);
    int cut = (int) Math.floor(LOW * RESAMPLES);
    return of(values.length, mean(values), means[cut], means[RESAMPLES - 1 - cut]);
  }

  private static Interval normal(double[] values) {
    double mean = mean(values);
    double half = Z * Math.sqrt(variance(values, mean) / values.length);
    return of(values.length, mean, mean - half, mean + half);
  }

  /** The mean of one sample minus that of another, which has nothing to do with it. */
  static Interval ofDifference(double[] ours, double[] theirs) {
    if (ours.length < 2 || theirs.length < 2) {
      OptionalDouble none = OptionalDouble.empty();
      return new Interval(0, none, none, none);
    }
    double our = mean(ours);
    double their = mean(theirs);
    double half =
        Z * Math.sqrt(variance(ours, our) / ours.length + variance(theirs, their) / theirs.length);
    double difference = our - their;
    return of(
        Math.min(ours.length, theirs.length), difference, difference - half, difference + half);
  }

  private static Interval of(int n, double mean, double low, double high) {
    return new Interval(
        n, OptionalDouble.of(mean), OptionalDouble.of(low), OptionalDouble.of(high));
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
  }

  private static double variance(double[] values, double mean) {
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return squares / (values.length - 1);
  }

  /** Whether the interval leaves zero out. */
  public boolean isClear() {
    return low.isPresent() && high.isPresent() && (low.getAsDouble() > 0 || high.getAsDouble() < 0);
  }
}
