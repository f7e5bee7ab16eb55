package dev.piecrust.feature;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The task metric {@code m} of one prompt while ever more of what is active is kept, the best first
 * (docs/method.md §6).
 *
 * @param clean {@code m} of the untouched run, where everything is kept
 * @param empty {@code m} with nothing kept; error terms stay as they are
 * @param emptyPatched the same where error terms are removed too; missing where they are not
 *     measured
 * @param points ascending by share, without those that keep everything
 */
public record MetricCurve(
    double clean, double empty, @Nullable Double emptyPatched, List<Point> points) {
  public MetricCurve {
    points = List.copyOf(points);
  }

  /**
   * One share.
   *
   * @param share of the units that are kept, above 0 and below 1
   * @param kept how many occurrences of the prompt that are
   * @param metric {@code m}; error terms stay as they are
   * @param patched {@code m} where error terms are removed; missing where that is not measured
   */
  public record Point(double share, int kept, double metric, @Nullable Double patched) {}
}
