package dev.piecrust.report;

import dev.piecrust.report.ResultTable.Row;
import dev.piecrust.report.ResultTable.TaskTable;
import java.io.IOException;
import java.util.List;

/**
 * {@code fidelity.csv}, the means, and {@code per_prompt.csv}, every prompt; what is missing is
 * empty.
 */
final class CsvFiles implements ExportPart {
  static final List<String> MEASURES =
      List.of("kl_last", "kl_all", "pred_changed", "faithfulness", "completeness");

  @Override
  public void write(ExportSource source, ExportFiles files) throws IOException {
    files.addCsv("fidelity.csv", csv -> means(source, csv));
    files.addCsv("per_prompt.csv", csv -> prompts(source, csv));
  }

  private static void means(ExportSource source, Csv csv) throws IOException {
    csv.record("task", "method", "k", Csv.columns(MEASURES));
    for (TaskTable task : source.table().tasks()) {
      for (Row row : task.rows()) {
        csv.record(
            task.task(),
            row.method(),
            row.budget(),
            row.klLast(),
            row.klAll(),
            row.predChanged(),
            row.faithfulness(),
            row.completeness());
      }
    }
  }

  private static void prompts(ExportSource source, Csv csv) throws IOException {
    csv.record("task", "prompt", "method", "k", MEASURES);
    source
        .outcomes()
        .forEach(
            source.spec(),
            outcome -> {
              for (var entry : outcome.fidelity().entrySet()) {
                csv.record(
                    outcome.task(),
                    outcome.index(),
                    outcome.method(),
                    entry.getKey(),
                    entry.getValue());
              }
            });
  }
}
