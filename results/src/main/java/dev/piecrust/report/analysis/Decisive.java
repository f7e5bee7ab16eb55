package dev.piecrust.report.analysis;

import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * The budget that tells answers apart: the largest at which even the best still loses {@link #LOSS}
 * or more, since above it all is kept that matters; the smallest where none does.
 */
public final class Decisive {
  /** In nats. */
  public static final double LOSS = 0.01;

  private Decisive() {}

  /**
   * The rows at this budget, the lowest KL first; none where no budget has enough of them.
   *
   * @param fewest rows with a KL that a budget must have
   */
  public static <R> List<R> ranked(
      List<R> rows, ToIntFunction<R> budget, Function<R, Estimate> klLast, int fewest) {
    ToDoubleFunction<R> mean = row -> klLast.apply(row).mean().orElse(Double.POSITIVE_INFINITY);
    SortedMap<Integer, List<R>> byBudget =
        rows.stream()
            .filter(row -> klLast.apply(row).mean().isPresent())
            .sorted(Comparator.comparingDouble(mean))
            .collect(Collectors.groupingBy(budget::applyAsInt, TreeMap::new, Collectors.toList()));
    List<R> found = List.of();
    for (List<R> ranked : byBudget.values()) {
      boolean costs = found.isEmpty() || mean.applyAsDouble(ranked.get(0)) >= LOSS;
      if (ranked.size() >= fewest && costs) {
        found = ranked;
      }
    }
    return found;
  }
}
