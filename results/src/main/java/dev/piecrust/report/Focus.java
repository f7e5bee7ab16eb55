package dev.piecrust.report;

import dev.piecrust.report.ResultTable.Row;
import dev.piecrust.report.ResultTable.TaskTable;
import dev.piecrust.report.analysis.EffectiveBudget;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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
    Optional<Focus> focus = Optional.empty();
    for (int budget : task.budgets()) {
      List<Row> ranked =
          task.rows().stream()
              .filter(row -> row.budget() == budget && row.klLast().mean().isPresent())
              .sorted(Comparator.comparingDouble(Focus::kl))
              .toList();
      if (ranked.size() >= 2 && (focus.isEmpty() || kl(ranked.get(0)) >= LOSS)) {
        focus = Optional.of(new Focus(task, budget, ranked));
      }
    }
    return focus;
  }

  Row best() {
    return ranked.get(0);
  }

  /** What {@code other} needs for what {@code method} does at this budget. */
  Optional<EffectiveBudget> effective(String method, String other) {
    return task.analysis().effective().stream()
        .filter(e -> e.budget() == budget && e.method().equals(method) && e.other().equals(other))
        .findFirst();
  }

  private static double kl(Row row) {
    return row.klLast().mean().orElse(Double.POSITIVE_INFINITY);
  }
}
