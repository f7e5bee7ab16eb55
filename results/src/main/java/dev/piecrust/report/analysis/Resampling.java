package dev.piecrust.report.analysis;

import java.util.List;
import java.util.Random;

/**
 * Draws prompts with replacement, the same prompts for every series, so that the series stay
 * paired: what one prompt did under two methods is drawn together.
 *
 * <p>Letters: S series, N prompts, R resamples.
 */
public final class Resampling {
  /** How often the comparisons of tables and exports draw. */
  public static final int RESAMPLES = 10_000;

  private final long seed;
  private final int resamples;

  public Resampling(long seed, int resamples) {
    this.seed = seed;
    this.resamples = resamples;
  }

  /** The set-up of all tables and exports. */
  public static Resampling standard() {
    return new Resampling(Statistics.SEED, RESAMPLES);
  }

  /**
   * The mean of each series in each resample; the same for the same series and seed.
   *
   * @param series S arrays of one value for each prompt, all [N]
   * @return [S, R]
   */
  public double[][] means(List<double[]> series) {
    double[][] means = new double[series.size()][resamples]; // [S, R]
    if (series.isEmpty()) {
      return means;
    }
    Random random = new Unshared(seed);
    int n = series.get(0).length;
    int[] drawn = new int[n];
    for (int r = 0; r < resamples; r++) {
      for (int i = 0; i < n; i++) {
        drawn[i] = random.nextInt(n);
      }
      for (int s = 0; s < means.length; s++) {
        means[s][r] = mean(series.get(s), drawn);
      }
    }
    return means;
  }

  private static double mean(double[] values, int[] drawn) {
    double sum = 0;
    for (int i : drawn) {
      sum += values[i];
    }
    return sum / drawn.length;
  }

  /** {@link Random}'s own numbers without its lock: a large table takes a hundred million. */
  private static final class Unshared extends Random {
    private static final long serialVersionUID = 1;
    private static final long MULTIPLIER = 0x5DEECE66DL;
    private static final long MASK = (1L << 48) - 1;

    private long state;

    Unshared(long seed) {
      super(0);
      state = (seed ^ MULTIPLIER) & MASK;
    }

    @Override
    protected int next(int bits) {
      state = (state * MULTIPLIER + 0xBL) & MASK;
      return (int) (state >>> (48 - bits));
    }
  }
}
