package dev.piecrust.view;

import dev.piecrust.feature.FadeMetric;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * How one of FADE's scores is spread over a campaign's features.
 *
 * @param features that have the score
 * @param median of them
 * @param bins from 0 to 1, each of the same width
 */
public record ScoreSpread(FadeMetric metric, int features, double median, List<Bin> bins) {
  private static final int BINS = 20;

  public ScoreSpread {
    bins = List.copyOf(bins);
  }

  /**
   * Features between two scores.
   *
   * @param from of the bin, to which it belongs
   * @param part of those in the fullest bin
   */
  public record Bin(double from, double to, int features, double part) {}

  /** Of at least one score. */
  static ScoreSpread of(FadeMetric metric, Collection<Double> scores) {
    int[] counts = new int[BINS];
    scores.forEach(score -> counts[Math.min(BINS - 1, (int) (score * BINS))]++);
    int most = 1;
    for (int count : counts) {
      most = Math.max(most, count);
    }
    List<Bin> bins = new ArrayList<>();
    for (int i = 0; i < BINS; i++) {
      bins.add(new Bin((double) i / BINS, (i + 1.0) / BINS, counts[i], (double) counts[i] / most));
    }
    List<Double> sorted = scores.stream().sorted().toList();
    int half = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    return new ScoreSpread(metric, sorted.size(), median, bins);
  }
}
