package dev.piecrust.report.analysis;

import dev.piecrust.feature.Fidelity;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Means over prompts with sample standard deviations and 95 % percentile bootstrap intervals. The
 * same values in the same order give the same figures: the generator is seeded anew for each.
 */
public final class Statistics {
  /** How often a bootstrap draws. */
  public static final int RESAMPLES = 2000;

  /** The seed of all tables and exports. */
  public static final long SEED = 0;

  private static final double LOW = 0.025;
  private static final double HIGH = 0.975;

  private final long seed;
  private final Map<Integer, int[]> drawn = new ConcurrentHashMap<>();

  public Statistics(long seed) {
    this.seed = seed;
  }

  /** The estimate of one measure over prompts, of which some may lack it. */
  public Estimate of(List<Fidelity> prompts, Function<Fidelity, @Nullable Double> measure) {
    return estimate(
        prompts.stream()
            .map(measure)
            .map(value -> value == null ? OptionalDouble.empty() : OptionalDouble.of(value))
            .toList());
  }

  /** The estimate over the values that are there. */
  public Estimate estimate(List<OptionalDouble> values) {
    double[] present =
        values.stream()
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .toArray();
    int n = present.length;
    int missing = values.size() - n;
    if (n < 2) {
      OptionalDouble mean = Arrays.stream(present).findFirst();
      OptionalDouble none = OptionalDouble.empty();
      return new Estimate(n, missing, mean, none, none, none);
    }
    double mean = mean(present);
    double[] means = resampledMeans(present);
    return new Estimate(
        n,
        missing,
        OptionalDouble.of(mean),
        OptionalDouble.of(sd(present, mean)),
        OptionalDouble.of(quantile(means, LOW)),
        OptionalDouble.of(quantile(means, HIGH)));
  }

  private double[] resampledMeans(double[] values) {
    int[] draws = drawn.computeIfAbsent(values.length, this::draw);
    double[] means = new double[RESAMPLES];
    for (int r = 0; r < RESAMPLES; r++) {
      double sum = 0;
      for (int i = r * values.length; i < (r + 1) * values.length; i++) {
        sum += values[draws[i]];
      }
      means[r] = sum / values.length;
    }
    Arrays.sort(means);
    return means;
  }

  /** All draws from n values, one resample after the other. */
  private int[] draw(int n) {
    Random random = new Random(seed);
    return IntStream.generate(() -> random.nextInt(n)).limit((long) RESAMPLES * n).toArray();
  }

  private static double mean(double[] values) {
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
