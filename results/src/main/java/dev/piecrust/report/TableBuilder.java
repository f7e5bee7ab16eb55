package dev.piecrust.report;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.feature.CircuitOutcome;
import dev.piecrust.feature.Fidelity;
import dev.piecrust.report.ResultTable.Row;
import dev.piecrust.report.ResultTable.TaskTable;
import dev.piecrust.report.analysis.Analysis;
import dev.piecrust.report.analysis.Measures;
import dev.piecrust.report.analysis.PaperResults;
import dev.piecrust.report.analysis.Statistics;
import dev.piecrust.store.result.ResultRow;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Builds the table of a task from the measures of its prompts. */
final class TableBuilder {
  private final Statistics statistics = new Statistics(Statistics.SEED);
  private final PaperResults paper = PaperResults.load();
  private final CampaignSpec spec;

  TableBuilder(CampaignSpec spec) {
    this.spec = spec;
  }

  /**
   * @param results of this task alone, as are the others
   */
  TaskTable build(
      TaskSpec task,
      List<ResultRow> results,
      Analysis.KeptSets kept,
      List<CircuitOutcome> circuits) {
    PruneSpec prune = spec.prune();
    Measures measures = new Measures(results);
    List<Row> rows = new ArrayList<>();
    for (Method method : prune.promptMethods()) {
      SortedSet<Integer> budgets = new TreeSet<>(prune.budgets());
      budgets.addAll(measures.budgets(method.label()));
      budgets.forEach(budget -> rows.add(row(method.label(), budget, measures)));
    }
    List<String> methods = prune.methods().stream().map(Method::label).toList();
    return new TaskTable(
        task.name(),
        measures.prompts().size(),
        prune.budgets(),
        rows.stream().map(row -> marked(row, rows)).toList(),
        Analysis.of(measures, methods, prune.budgets(), kept, circuits),
        paper.klLast(spec.subject(), task.kind()));
  }

  private Row row(String method, int budget, Measures measures) {
    List<Fidelity> prompts = measures.at(method, budget, measures.prompts());
    return new Row(
        method,
        budget,
        statistics.of(prompts, Fidelity::klLast),
        statistics.of(prompts, Fidelity::klAll),
        statistics.of(prompts, Fidelity::predChanged),
        statistics.of(prompts, Fidelity::faithfulness),
        statistics.of(prompts, Fidelity::completeness),
        false);
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
        spec.prune().budgets().contains(row.budget())
            && row.klLast().mean().stream().anyMatch(mean -> mean <= lowest));
  }
}
