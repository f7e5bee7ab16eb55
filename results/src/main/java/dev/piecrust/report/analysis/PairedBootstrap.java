package dev.piecrust.report.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** Compares every method with every other at each budget of the spec. */
final class PairedBootstrap {
  /** In nats: means of resamples that are the same differ by rounding alone. */
  private static final double SAME = 1e-12;

  private PairedBootstrap() {}

  /** By budget and then by method, in the order of the curves; empty below two prompts. */
  static List<Comparison> of(Curves curves, List<Integer> budgets) {
    List<Comparison> comparisons = new ArrayList<>();
    if (curves.prompts() < 2) {
      return comparisons;
    }
    List<Curve> all = curves.all();
    for (int budget : budgets) {
      for (int i = 0; i < all.size(); i++) {
        for (int j = i + 1; j < all.size(); j++) {
          if (all.get(i).has(budget) && all.get(j).has(budget)) {
            comparisons.add(compare(all.get(i), all.get(j), budget, curves.prompts()));
          }
        }
      }
    }
    return comparisons;
  }

  private static Comparison compare(Curve method, Curve other, int budget, int prompts) {
    double[] ours = method.resampled(budget); // [R]
    double[] theirs = other.resampled(budget);
    double[] differences = new double[ours.length];
    Arrays.setAll(differences, r -> ours[r] - theirs[r]);
    double difference = method.mean(budget) - other.mean(budget);
    Estimate interval =
        Statistics.interval(prompts, 0, difference, OptionalDouble.empty(), differences);
    return new Comparison(
        method.method(),
        other.method(),
        budget,
        prompts,
        difference,
        interval.low().orElseThrow(),
        interval.high().orElseThrow(),
        twoSidedShare(differences));
  }

  private static double twoSidedShare(double[] differences) {
    long notAbove = Arrays.stream(differences).filter(d -> d <= SAME).count();
    long notBelow = Arrays.stream(differences).filter(d -> d >= -SAME).count();
    long rarer = Math.max(1, Math.min(notAbove, notBelow));
    return Math.min(1, 2.0 * rarer / differences.length);
  }
}
