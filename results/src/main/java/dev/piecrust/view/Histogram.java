package dev.piecrust.view;

import java.util.ArrayList;
import java.util.List;

/**
 * How many windows of a corpus have a maximal activation in each of equal ranges.
 *
 * @param maximum the end of the last range; 0 where nothing is active
 * @param counts by range, from 0 on; windows that are not active are in none
 * @param inactive windows that are not active
 */
public record Histogram(double maximum, List<Integer> counts, int inactive) {
  private static final int BINS = 20;

  public Histogram {
    counts = List.copyOf(counts);
  }

  /**
   * @param active activations above 0, descending
   */
  static Histogram of(List<Float> active, int windows) {
    if (active.isEmpty()) {
      return new Histogram(0, List.of(), windows);
    }
    double maximum = active.get(0);
    int[] counts = new int[BINS];
    for (float value : active) {
      counts[Math.min(BINS - 1, (int) (BINS * value / maximum))]++;
    }
    List<Integer> all = new ArrayList<>();
    for (int count : counts) {
      all.add(count);
    }
    return new Histogram(maximum, all, windows - active.size());
  }
}
