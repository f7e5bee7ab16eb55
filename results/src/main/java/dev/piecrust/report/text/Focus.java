package dev.piecrust.report.text;

import dev.piecrust.report.analysis.Compression;
import dev.piecrust.report.analysis.Decisive;
import dev.piecrust.report.analysis.EffectiveBudget;
import dev.piecrust.report.table.ResultTable.Row;
import dev.piecrust.report.table.ResultTable.TaskTable;
import java.util.List;
import java.util.Optional;

/**
 * The budget at which methods are compared in print, see {@link Decisive}.
 *
 * @param ranked the methods' rows at this budget, the lowest KL first
 */
record Focus(TaskTable task, int budget, List<Row> ranked) {
  Focus {
    ranked = List.copyOf(ranked);
  }

  /** Absent where fewer than two methods have results. */
  static Optional<Focus> of(TaskTable task) {
    List<Row> ranked = Decisive.ranked(inSpec(task), Row::budget, Row::klLast, 2);
    return ranked.isEmpty()
        ? Optional.empty()
        : Optional.of(new Focus(task, ranked.get(0).budget(), ranked));
  }

  /** The rows at budgets of the spec: {@code random} goes on past them. */
  static List<Row> inSpec(TaskTable task) {
    return task.rows().stream().filter(row -> task.budgets().contains(row.budget())).toList();
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
