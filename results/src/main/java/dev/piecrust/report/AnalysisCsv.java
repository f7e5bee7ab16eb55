package dev.piecrust.report;

import dev.piecrust.report.ResultTable.Row;
import dev.piecrust.report.ResultTable.TaskTable;
import dev.piecrust.report.analysis.BudgetEstimate;
import dev.piecrust.report.analysis.PaperResults;
import dev.piecrust.report.analysis.Reference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;

/**
 * One tidy table each: {@code effective_budget.csv} (compression where the other is {@code
 * random}), {@code bootstrap.csv}, {@code overlap.csv} and {@code reference.csv}.
 */
final class AnalysisCsv implements ExportPart {
  @Override
  public void write(ExportSource source, ExportFiles files) throws IOException {
    add(
        source,
        files,
        "effective_budget.csv",
        "task,method,k,other,is,k_other,ci95_low_is,ci95_low,ci95_high_is,ci95_high,times",
        AnalysisCsv::effective);
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
    String paper = PaperResults.load().source();
    add(
        source,
        files,
        "reference.csv",
        "task,method,k,paper_mean_kl_last,paper_sd_kl_last,measured_mean_kl_last,source",
        (task, lines) -> reference(task, paper.replace(",", ";"), lines));
  }

  private static void add(
      ExportSource source,
      ExportFiles files,
      String name,
      String header,
      BiConsumer<TaskTable, List<String>> rows)
      throws IOException {
    List<String> lines = new ArrayList<>(List.of(header));
    source.table().tasks().forEach(task -> rows.accept(task, lines));
    files.add(name, ExportPart.lines(lines));
  }

  private static void effective(TaskTable task, List<String> lines) {
    task.analysis()
        .effective()
        .forEach(
            e ->
                lines.add(
                    Csv.line(
                        task.task(),
                        e.method(),
                        e.budget(),
                        e.other(),
                        budget(Optional.of(e.at())),
                        budget(e.low()),
                        budget(e.high()),
                        e.times().budget())));
  }

  private static String budget(Optional<BudgetEstimate> estimate) {
    return estimate.map(e -> Csv.line(e.kind(), e.budget())).orElse(",");
  }

  private static void bootstrap(TaskTable task, List<String> lines) {
    task.analysis()
        .comparisons()
        .forEach(
            c ->
                lines.add(
                    Csv.line(
                        task.task(),
                        c.method(),
                        c.other(),
                        c.budget(),
                        c.prompts(),
                        c.difference(),
                        c.low(),
                        c.high(),
                        c.share())));
  }

  private static void overlap(TaskTable task, List<String> lines) {
    task.analysis()
        .overlaps()
        .forEach(
            o ->
                lines.add(
                    Csv.line(
                        task.task(),
                        o.method(),
                        o.other(),
                        o.budget(),
                        o.prompts(),
                        o.occurrences(),
                        o.features())));
  }

  private static void reference(TaskTable task, String paper, List<String> lines) {
    for (Reference r : task.paper()) {
      OptionalDouble measured =
          task.rows().stream()
              .filter(row -> row.method().equals(r.method()) && row.budget() == r.budget())
              .findFirst()
              .map(Row::klLast)
              .map(kl -> kl.mean())
              .orElse(OptionalDouble.empty());
      lines.add(
          Csv.line(
              task.task(),
              r.method(),
              r.budget(),
              r.klLast(),
              Csv.number(r.sd()),
              Csv.number(measured),
              paper));
    }
  }
}
