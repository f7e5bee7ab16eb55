package dev.piecrust.report.table;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.feature.TaskAccuracy;
import dev.piecrust.report.analysis.Analysis;
import dev.piecrust.report.analysis.Analysis.KeptSets;
import dev.piecrust.report.analysis.Estimate;
import dev.piecrust.report.analysis.HeldOut;
import dev.piecrust.report.analysis.HeldOutTable;
import dev.piecrust.report.analysis.Measures;
import dev.piecrust.report.analysis.MethodMeasures;
import dev.piecrust.report.analysis.PaperResults;
import dev.piecrust.report.analysis.Ratios;
import dev.piecrust.report.analysis.Statistics;
import dev.piecrust.report.table.ResultTable.Row;
import dev.piecrust.report.table.ResultTable.TaskTable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/** Builds the table of a task from the measures of its prompts. */
final class TableBuilder {
  private final Statistics statistics = Statistics.standard();
  private final PaperResults paper = PaperResults.load();
  private final CampaignSpec spec;

  TableBuilder(CampaignSpec spec) {
    this.spec = spec;
  }

  /**
   * The table of one task.
   *
   * @param results reads what a method did on the task
   * @param kept what the prompts keep; absent where methods are not to be compared
   * @param circuits of this task
   * @param accuracy of the untouched model
   */
  TaskTable build(
      TaskSpec task,
      Function<String, MethodMeasures> results,
      Optional<KeptSets> kept,
      HeldOutTable circuits,
      Optional<TaskAccuracy> accuracy) {
    PruneSpec prune = spec.prune();
    Measures measures = new Measures();
    List<Row> rows = new ArrayList<>();
    for (Method method : prune.promptMethods()) {
      MethodMeasures own = results.apply(method.label());
      measures.add(method.label(), own);
      rows.addAll(rows(method.label(), own));
    }
    List<String> methods = prune.methods().stream().map(Method::label).toList();
    HeldOut heldOut = circuits.build(measures);
    return new TaskTable(
        task.name(),
        measures.prompts().size(),
        prune.budgets(),
        rows.stream().map(row -> marked(row, rows)).toList(),
        kept.map(sets -> Analysis.of(measures, methods, prune.budgets(), sets, heldOut))
            .orElseGet(() -> Analysis.without(heldOut)),
        accuracy,
        paper.klLast(spec.subject(), task.kind()));
  }

  private List<Row> rows(String method, MethodMeasures measures) {
    SortedSet<Integer> budgets = new TreeSet<>(spec.prune().budgets());
    budgets.addAll(measures.budgets());
    List<double[]> series = new ArrayList<>();
    List<Statistics.Quotient> quotients = new ArrayList<>();
    for (int budget : budgets) {
      MethodMeasures.Columns columns = measures.at(budget);
      series.addAll(columns.series());
      quotients.addAll(columns.quotients());
    }
    Iterator<Estimate> estimates = statistics.estimates(series).iterator();
    Iterator<Estimate> ratios = statistics.quotients(quotients).iterator();
    return budgets.stream()
        .map(
            budget ->
                new Row(
                    method,
                    budget,
                    estimates.next(),
                    estimates.next(),
                    estimates.next(),
                    estimates.next(),
                    estimates.next(),
                    new Ratios(ratios.next(), ratios.next(), ratios.next()),
                    false))
        .toList();
  }

  private Row marked(Row row, List<Row> rows) {
    double lowest =
        rows.stream()
            .filter(other -> other.budget() == row.budget())
            .flatMapToDouble(other -> other.klLast().mean().stream())
            .min()
            .orElse(Double.NaN);
    return new Row(
        row.method(),
        row.budget(),
        row.klLast(),
        row.klAll(),
        row.predChanged(),
        row.faithfulness(),
        row.completeness(),
        row.ratios(),
        spec.prune().budgets().contains(row.budget())
            && row.klLast().mean().stream().anyMatch(mean -> mean <= lowest));
  }
}
