package dev.piecrust.report;

import dev.piecrust.report.ResultTable.Row;
import dev.piecrust.report.ResultTable.TaskTable;
import dev.piecrust.report.analysis.Compression;
import dev.piecrust.report.analysis.EffectiveBudget;
import dev.piecrust.report.analysis.Estimate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * The budget at which methods are compared in print: the largest at which even the best still loses
 * {@link #LOSS} or more, since above it all is kept that matters; the smallest where none does.
 *
 * @param ranked the methods' rows at this budget, the lowest KL first
 */
record Focus(TaskTable task, int budget, List<Row> ranked) {
  /** In nats. */
  static final double LOSS = 0.01;

  Focus {
    ranked = List.copyOf(ranked);
  }

  /** Absent where fewer than two methods have results. */
  static Optional<Focus> of(TaskTable task) {
    List<Row> ranked = ranked(inSpec(task), Row::budget, Row::klLast, 2);
    return ranked.isEmpty()
        ? Optional.empty()
        : Optional.of(new Focus(task, ranked.get(0).budget(), ranked));
  }

  /** The rows at budgets of the spec: {@code random} goes on past them. */
  static List<Row> inSpec(TaskTable task) {
    return task.rows().stream().filter(row -> task.budgets().contains(row.budget())).toList();
  }

  /**
   * The rows at the budget at which they are compared, the lowest KL first; none where no budget
   * has enough of them.
   *
   * @param fewest rows with a KL that a budget must have
   */
  static <R> List<R> ranked(
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

  Row best() {
    return ranked.get(0);
  }

  /** How many times as many occurrences chance needs for what a method does at a budget. */
  Optional<Compression> compression(String method, int at) {
    return task.analysis().compressions().stream()
        .filter(c -> c.budget() == at && c.method().equals(method))
        .findFirst();
  }

  /** What {@code other} needs for what {@code method} does at this budget. */
  Optional<EffectiveBudget> effective(String method, String other) {
    return task.analysis().effective().stream()
        .filter(e -> e.budget() == budget && e.method().equals(method) && e.other().equals(other))
        .findFirst();
  }
}
