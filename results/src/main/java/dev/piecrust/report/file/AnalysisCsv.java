package dev.piecrust.report.file;

import dev.piecrust.report.analysis.BudgetEstimate;
import dev.piecrust.report.analysis.Comparison;
import dev.piecrust.report.analysis.Compression;
import dev.piecrust.report.analysis.EffectiveBudget;
import dev.piecrust.report.analysis.Estimate;
import dev.piecrust.report.analysis.Overlap;
import dev.piecrust.report.analysis.PaperResults;
import dev.piecrust.report.analysis.Reference;
import dev.piecrust.report.table.ResultTable.Row;
import dev.piecrust.report.table.ResultTable.TaskTable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * One tidy table each: {@code effective_budget.csv}, {@code compression.csv}, {@code
 * bootstrap.csv}, {@code overlap.csv} and {@code reference.csv}.
 */
public final class AnalysisCsv implements ExportPart {
  /** Writes what is known of one task. */
  @FunctionalInterface
  private interface Rows {
    void of(TaskTable task, Csv csv) throws IOException;
  }

  @Override
  public void write(ExportSource source, ExportFiles files) throws IOException {
    add(
        source,
        files,
        "effective_budget.csv",
        "task,method,k,other,is,k_other,ci95_low_is,ci95_low,ci95_high_is,ci95_high",
        AnalysisCsv::effective);
    add(
        source,
        files,
        "compression.csv",
        "task,method,k,n,is,times,ci95_low,ci95_high,n_only_with_everything,n_below",
        AnalysisCsv::compression);
    add(
        source,
        files,
        "bootstrap.csv",
        "task,method,other,k,n,mean_difference,ci95_low,ci95_high,two_sided_share",
        AnalysisCsv::bootstrap);
    add(
        source,
        files,
        "overlap.csv",
        "task,method,other,k,n,jaccard_occurrences,jaccard_features",
        AnalysisCsv::overlap);
    add(
        source,
        files,
        "reference.csv",
        "task,method,k,paper_mean_kl_last,paper_sd_kl_last,measured_mean_kl_last,source",
        AnalysisCsv::reference);
  }

  private static void add(
      ExportSource source, ExportFiles files, String name, String titles, Rows rows)
      throws IOException {
    files.addCsv(
        name,
        csv -> {
          csv.record(List.of(titles.split(",")));
          for (TaskTable task : source.table().tasks()) {
            rows.of(task, csv);
          }
        });
  }

  private static void effective(TaskTable task, Csv csv) throws IOException {
    for (EffectiveBudget e : task.analysis().effective()) {
      csv.record(
          task.task(),
          e.method(),
          e.budget(),
          e.other(),
          budget(Optional.of(e.at())),
          budget(e.low()),
          budget(e.high()));
    }
  }

  private static void compression(TaskTable task, Csv csv) throws IOException {
    for (Compression c : task.analysis().compressions()) {
      csv.record(
          task.task(),
          c.method(),
          c.budget(),
          c.prompts(),
          c.kind(),
          c.times().mean(),
          c.times().low(),
          c.times().high(),
          c.everything(),
          c.below());
    }
  }

  private static List<Object> budget(Optional<BudgetEstimate> estimate) {
    return estimate.map(e -> List.<Object>of(e.kind(), e.budget())).orElse(List.of("", ""));
  }

  private static void bootstrap(TaskTable task, Csv csv) throws IOException {
    for (Comparison c : task.analysis().comparisons()) {
      csv.record(
          task.task(),
          c.method(),
          c.other(),
          c.budget(),
          c.prompts(),
          c.difference(),
          c.low(),
          c.high(),
          c.share());
    }
  }

  private static void overlap(TaskTable task, Csv csv) throws IOException {
    for (Overlap o : task.analysis().overlaps()) {
      csv.record(
          task.task(),
          o.method(),
          o.other(),
          o.budget(),
          o.prompts(),
          o.occurrences(),
          o.features());
    }
  }

  private static void reference(TaskTable task, Csv csv) throws IOException {
    String paper = PaperResults.load().source().replace(",", ";");
    for (Reference r : task.paper()) {
      Estimate measured =
          task.rows().stream()
              .filter(row -> row.method().equals(r.method()) && row.budget() == r.budget())
              .findFirst()
              .map(Row::klLast)
              .orElse(Estimate.NONE);
      csv.record(task.task(), r.method(), r.budget(), r.klLast(), r.sd(), measured.mean(), paper);
    }
  }
}
