package dev.piecrust.report.analysis;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One method's mean {@code kl_last} against the budget, over the prompts that all methods share.
 *
 * <p>Letters: R resamples, B budgets.
 */
final class Curve {
  /** What the method did at one budget. */
  static final class Point {
    private final double kept;
    private final boolean everything;
    private final double mean;
    private final double[] resampled; // [R]

    /**
     * @param kept occurrences kept in the mean over prompts: the budget, or fewer where prompts
     *     have fewer
     * @param everything whether every prompt keeps all it has
     * @param mean over the prompts, in nats
     * @param resampled its mean in each resample, [R]
     */
    Point(double kept, boolean everything, double mean, double[] resampled) {
      this.kept = kept;
      this.everything = everything;
      this.mean = mean;
      this.resampled = resampled;
    }
  }

  private final String method;
  private final SortedMap<Integer, Point> points;
  private final double[][] resampled; // [R, B]

  Curve(String method, SortedMap<Integer, Point> points) {
    this.method = method;
    this.points = new TreeMap<>(points);
    this.resampled = resampled();
  }

  private double[][] resampled() {
    List<Point> all = pruned();
    double[][] means = new double[all.isEmpty() ? 0 : all.get(0).resampled.length][all.size()];
    for (int r = 0; r < means.length; r++) {
      for (int b = 0; b < all.size(); b++) {
        means[r][b] = all.get(b).resampled[r];
      }
    }
    return means;
  }

  String method() {
    return method;
  }

  boolean has(int budget) {
    return points.containsKey(budget);
  }

  double mean(int budget) {
    return point(budget).mean;
  }

  /** [R]. */
  double[] resampled(int budget) {
    return point(budget).resampled;
  }

  /** That everything is as good as everything says nothing of the way there. */
  private List<Point> pruned() {
    return points.values().stream().filter(point -> !point.everything).toList();
  }

  /** Occurrences kept at each budget that leaves something out, ascending. */
  double[] kept() {
    return pruned().stream().mapToDouble(p -> p.kept).toArray();
  }

  /** Means at these budgets, in the same order. */
  double[] means() {
    return pruned().stream().mapToDouble(p -> p.mean).toArray();
  }

  /** Means of one resample, in the same order. */
  double[] means(int resample) {
    return resampled[resample];
  }

  private Point point(int budget) {
    Point point = points.get(budget);
    if (point == null) {
      throw new IllegalArgumentException(method + " was not measured at " + budget);
    }
    return point;
  }
}
