package dev.piecrust.report;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.Method;
import dev.piecrust.feature.Fidelity;
import dev.piecrust.report.ResultTable.Row;
import dev.piecrust.report.ResultTable.TaskTable;
import dev.piecrust.store.ResultRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Builds the table of a task from the measures of its prompts. */
final class TableBuilder {
  private final Statistics statistics = new Statistics(Statistics.SEED);
  private final CampaignSpec spec;

  private record Cell(String method, int budget) {}

  TableBuilder(CampaignSpec spec) {
    this.spec = spec;
  }

  /**
   * @param results of this task alone
   */
  TaskTable build(String task, List<ResultRow> results) {
    List<Row> rows = new ArrayList<>();
    for (Method method : spec.prune().methods()) {
      List<ResultRow> own =
          results.stream().filter(r -> r.method().equals(method.label())).toList();
      SortedSet<Integer> budgets = new TreeSet<>(spec.prune().budgets());
      own.forEach(r -> budgets.add(r.budget()));
      for (int budget : budgets) {
        rows.add(row(new Cell(method.label(), budget), atBudget(own, budget)));
      }
    }
    int prompts = (int) results.stream().mapToInt(ResultRow::index).distinct().count();
    return new TaskTable(task, prompts, rows.stream().map(row -> marked(row, rows)).toList());
  }

  /**
   * Each prompt's result at a budget. {@code random} goes on past the spec's budgets until a
   * prompt's occurrences are all kept (METHOD.md §6), which differs by prompt: beyond that, more
   * budget keeps the same, so its last result stands.
   */
  private static Collection<ResultRow> atBudget(List<ResultRow> results, int budget) {
    Map<Integer, ResultRow> byPrompt = new TreeMap<>();
    results.stream()
        .filter(r -> r.budget() <= budget)
        .sorted(Comparator.comparingInt(ResultRow::budget))
        .forEach(r -> byPrompt.put(r.index(), r));
    return byPrompt.values();
  }

  private Row row(Cell cell, Collection<ResultRow> results) {
    List<Fidelity> prompts =
        results.stream()
            .sorted(Comparator.comparingInt(ResultRow::index))
            .map(ResultRow::fidelity)
            .toList();
    return new Row(
        cell.method(),
        cell.budget(),
        estimate(prompts, Fidelity::klLast),
        estimate(prompts, Fidelity::klAll),
        estimate(prompts, Fidelity::predChanged),
        estimate(prompts, Fidelity::faithfulness),
        estimate(prompts, Fidelity::completeness),
        false);
  }

  private Estimate estimate(List<Fidelity> prompts, Function<Fidelity, @Nullable Double> measure) {
    return statistics.estimate(prompts.stream().map(p -> optional(measure.apply(p))).toList());
  }

  private static OptionalDouble optional(@Nullable Double value) {
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private static Row marked(Row row, List<Row> rows) {
    double lowest =
        rows.stream()
            .filter(other -> other.budget() == row.budget())
            .flatMapToDouble(other -> other.klLast().mean().stream())
            .min()
            .orElse(Double.NaN);
    boolean best = row.klLast().mean().isPresent() && row.klLast().mean().getAsDouble() <= lowest;
    return new Row(
        row.method(),
        row.budget(),
        row.klLast(),
        row.klAll(),
        row.predChanged(),
        row.faithfulness(),
        row.completeness(),
        best);
  }
}
