package dev.piecrust.fade;

import static java.util.Comparator.comparingDouble;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How well a score tells positive samples from negative ones. Both measures are those of
 * scikit-learn, ties included; O(n log n). Scores tie where they differ by less than {@link
 * #ROUNDING} of the larger, so that a device, a batch size or TF32 moves no measure. Where
 * scikit-learn warns and has no meaningful number, there is none here.
 */
public final class Ranking {
  /** Relative difference from the largest score of a tie below which a score belongs to it. */
  static final double ROUNDING = 1e-5;

  /** So many samples of the same score and class. */
  private record Samples(double score, boolean positive, long count) {}

  private final List<Samples> samples = new ArrayList<>();

  /** Adds a sample. */
  public Ranking add(double score, boolean positive) {
    return add(score, positive, 1);
  }

  /** Adds so many samples of the same score. */
  public Ranking add(double score, boolean positive, long count) {
    if (Double.isNaN(score) || count < 0) {
      throw new IllegalArgumentException("%d samples of score %s".formatted(count, score));
    }
    if (count > 0) {
      samples.add(new Samples(score, positive, count));
    }
    return this;
  }

  /** How many samples there are of a class. */
  public long count(boolean positive) {
    return samples.stream().filter(s -> s.positive() == positive).mapToLong(Samples::count).sum();
  }

  /**
   * The share of pairs of a positive and a negative sample in which the positive one scores higher,
   * ties counted as half ({@code roc_auc_score}). None without both classes.
   */
  public OptionalDouble auroc() {
    double positives = count(true);
    double negatives = count(false);
    if (positives == 0 || negatives == 0) {
      return OptionalDouble.empty();
    }
    double wins = 0;
    double negativesAbove = 0;
    for (Tie tie : descending()) {
      wins += tie.positives() * (negatives - negativesAbove - tie.negatives());
      wins += tie.positives() * tie.negatives() / 2;
      negativesAbove += tie.negatives();
    }
    return OptionalDouble.of(wins / (positives * negatives));
  }

  /**
   * {@code Σ (R_n − R_{n−1}) P_n} over the distinct scores, descending, with recall R and precision
   * P ({@code average_precision_score}). None without a positive sample.
   */
  public OptionalDouble averagePrecision() {
    double positives = count(true);
    if (positives == 0) {
      return OptionalDouble.empty();
    }
    double sum = 0;
    double truePositives = 0;
    double seen = 0;
    for (Tie tie : descending()) {
      truePositives += tie.positives();
      seen += tie.positives() + tie.negatives();
      sum += tie.positives() / positives * (truePositives / seen);
    }
    return OptionalDouble.of(sum);
  }

  /** The same samples with scores of the opposite sign. */
  public Ranking negated() {
    Ranking negated = new Ranking();
    samples.forEach(s -> negated.add(-s.score(), s.positive(), s.count()));
    return negated;
  }

  /** All samples of one score. */
  private record Tie(double positives, double negatives) {}

  private List<Tie> descending() {
    List<Samples> sorted =
        samples.stream().sorted(comparingDouble(Samples::score).reversed()).toList();
    List<Tie> ties = new ArrayList<>();
    int at = 0;
    while (at < sorted.size()) {
      double score = sorted.get(at).score();
      double positives = 0;
      double negatives = 0;
      for (; at < sorted.size() && tied(score, sorted.get(at).score()); at++) {
        positives += sorted.get(at).positive() ? sorted.get(at).count() : 0;
        negatives += sorted.get(at).positive() ? 0 : sorted.get(at).count();
      }
      ties.add(new Tie(positives, negatives));
    }
    return ties;
  }

  /** Where both are the same by value too: 0.0 and -0.0 tie, as they do in NumPy. */
  private static boolean tied(double score, double other) {
    return score == other
        || Math.abs(score - other) < ROUNDING * Math.max(Math.abs(score), Math.abs(other));
  }
}
