package dev.piecrust.report.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Means over prompts with sample standard deviations and 95 % percentile bootstrap intervals: the
 * one interval of tables, exports, figures and pages. The same values in the same order give the
 * same figures: the generator is seeded anew for each ({@link Resampling}).
 */
public final class Statistics {
  /** How often the bootstrap of a mean draws. */
  public static final int RESAMPLES = 2000;

  /** The seed of all intervals; that of a sample of other prompts is the next. */
  public static final long SEED = 0;

  private static final double LOW = 0.025;
  private static final double HIGH = 0.975;

  private final long seed;

  public Statistics(long seed) {
    this.seed = seed;
  }

  /** Those of all tables, exports and pages. */
  public static Statistics standard() {
    return new Statistics(SEED);
  }

  /** The estimator in words. */
  public static String estimator() {
    return "percentile bootstrap over prompts, %,d resamples, seed %d".formatted(RESAMPLES, SEED);
  }

  /** The estimate over the values that are there. */
  public Estimate estimate(List<OptionalDouble> values) {
    return estimate(values.stream().mapToDouble(v -> v.orElse(Double.NaN)).toArray());
  }

  /**
   * The estimate over the values that are there.
   *
   * @param values not-a-number where one is missing
   */
  public Estimate estimate(double... values) {
    return estimates(List.of(values)).get(0);
  }

  /**
   * An estimate for each series; those of equally many values share their draws, which gives what
   * each would give by itself.
   *
   * @param series of one value for each prompt; not-a-number where one is missing
   */
  public List<Estimate> estimates(List<double[]> series) {
    List<double[]> present = series.stream().map(Statistics::present).toList();
    Map<Integer, List<Integer>> bySize = new TreeMap<>();
    for (int s = 0; s < present.size(); s++) {
      bySize.computeIfAbsent(present.get(s).length, n -> new ArrayList<>()).add(s);
    }
    Estimate[] estimates = new Estimate[series.size()];
    bySize.forEach(
        (n, same) -> {
          double[][] means =
              n < 2
                  ? new double[same.size()][]
                  : new Resampling(seed, RESAMPLES).means(same.stream().map(present::get).toList());
          for (int i = 0; i < same.size(); i++) {
            int s = same.get(i);
            estimates[s] = estimate(present.get(s), series.get(s).length - n, means[i]);
          }
        });
    return List.of(estimates);
  }

  private static double[] present(double[] values) {
    return Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
  }

  private static Estimate estimate(double[] values, int missing, double[] resampled) {
    int n = values.length;
    if (n < 2) {
      OptionalDouble none = OptionalDouble.empty();
      return new Estimate(n, missing, Arrays.stream(values).findFirst(), none, none, none);
    }
    double mean = mean(values);
    return interval(n, missing, mean, OptionalDouble.of(sd(values, mean)), resampled);
  }

  /**
   * Two series over the same prompts of which the means are divided.
   *
   * @param of not-a-number where a value is missing, [N]
   * @param over likewise, [N]
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Quotient(double[] of, double[] over) {
    /** The prompts that have both. */
    private Quotient present() {
      int[] at =
          IntStream.range(0, of.length)
              .filter(i -> !Double.isNaN(of[i]) && !Double.isNaN(over[i]))
              .toArray();
      return new Quotient(
          IntStream.of(at).mapToDouble(i -> of[i]).toArray(),
          IntStream.of(at).mapToDouble(i -> over[i]).toArray());
    }
  }

  /** An estimate of each quotient of means, without a deviation; those of one size share draws. */
  public List<Estimate> quotients(List<Quotient> quotients) {
    List<Quotient> present = quotients.stream().map(Quotient::present).toList();
    Map<Integer, List<Integer>> bySize = new TreeMap<>();
    for (int q = 0; q < present.size(); q++) {
      bySize.computeIfAbsent(present.get(q).of().length, n -> new ArrayList<>()).add(q);
    }
    Estimate[] estimates = new Estimate[quotients.size()];
    bySize.forEach(
        (n, same) -> {
          List<double[]> series =
              same.stream()
                  .flatMap(q -> Stream.of(present.get(q).of(), present.get(q).over()))
                  .toList();
          double[][] means =
              n < 2 ? new double[series.size()][0] : new Resampling(seed, RESAMPLES).means(series);
          for (int i = 0; i < same.size(); i++) {
            int q = same.get(i);
            estimates[q] =
                quotient(
                    present.get(q),
                    quotients.get(q).of().length - n,
                    means[2 * i],
                    means[2 * i + 1]);
          }
        });
    return List.of(estimates);
  }

  private static Estimate quotient(
      Quotient quotient, int missing, double[] resampledOf, double[] resampledOver) {
    int n = quotient.of().length;
    double value = n == 0 ? Double.NaN : mean(quotient.of()) / mean(quotient.over());
    if (!Double.isFinite(value)) {
      OptionalDouble none = OptionalDouble.empty();
      return new Estimate(0, missing + n, none, none, none, none);
    }
    double[] resampled =
        IntStream.range(0, resampledOf.length)
            .mapToDouble(r -> resampledOf[r] / resampledOver[r])
            .filter(Double::isFinite)
            .toArray();
    if (resampled.length == 0) {
      OptionalDouble none = OptionalDouble.empty();
      return new Estimate(n, missing, OptionalDouble.of(value), none, none, none);
    }
    return interval(n, missing, value, OptionalDouble.empty(), resampled);
  }

  /**
   * How much the mean of one sample is above that of another, which has nothing to do with it: each
   * is drawn by itself.
   */
  public Estimate difference(double[] ours, double[] theirs) {
    if (ours.length < 2 || theirs.length < 2) {
      return Estimate.NONE;
    }
    double[] differences = new Resampling(seed, RESAMPLES).means(List.of(ours))[0]; // [R]
    double[] others = new Resampling(seed + 1, RESAMPLES).means(List.of(theirs))[0];
    Arrays.setAll(differences, r -> differences[r] - others[r]);
    return interval(
        Math.min(ours.length, theirs.length),
        0,
        mean(ours) - mean(theirs),
        OptionalDouble.empty(),
        differences);
  }

  /**
   * @param resampled means in the resamples, [R]; it is sorted
   */
  static Estimate interval(int n, int missing, double mean, OptionalDouble sd, double[] resampled) {
    Arrays.sort(resampled);
    return new Estimate(
        n,
        missing,
        OptionalDouble.of(mean),
        sd,
        OptionalDouble.of(quantile(resampled, LOW)),
        OptionalDouble.of(quantile(resampled, HIGH)));
  }

  static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double sd(double[] values, double mean) {
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / (values.length - 1));
  }

  /** The quantile of sorted values, interpolated between neighbours. */
  static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) Math.floor(at);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
