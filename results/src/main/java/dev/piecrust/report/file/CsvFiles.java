package dev.piecrust.report.file;

import dev.piecrust.feature.PromptOutcome;
import dev.piecrust.report.table.ResultTable.Row;
import dev.piecrust.report.table.ResultTable.TaskTable;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code fidelity.csv}, the means, and {@code per_prompt.csv}, every prompt; what is missing is
 * empty.
 */
public final class CsvFiles implements ExportPart {
  static final List<String> MEASURES =
      List.of("kl_last", "kl_all", "pred_changed", "faithfulness", "completeness");

  /** Of means over prompts, in {@link Ratios}. */
  static final List<String> RATIOS =
      List.of("faithfulness_of_means", "completeness_of_means", "metric_recovered");

  /** Of single prompts: the metric untouched, with nothing kept, and with what is kept. */
  static final List<String> METRIC = List.of("metric_clean", "metric_empty", "metric_kept");

  private @Nullable Streamed prompts;

  @Override
  public void prepare(ExportSource source, ExportFiles files) throws IOException {
    prompts =
        new Streamed(
            files,
            "per_prompt.csv",
            "task,prompt,method,k,"
                + String.join(",", MEASURES)
                + ","
                + String.join(",", METRIC)
                + "\n",
            CsvFiles::prompt);
    source.reads(prompts);
  }

  @Override
  public void write(ExportSource source, ExportFiles files) throws IOException {
    files.addCsv("fidelity.csv", csv -> means(source, csv));
    Objects.requireNonNull(prompts).end();
  }

  private static void means(ExportSource source, Csv csv) throws IOException {
    csv.record("task", "method", "k", Csv.columns(MEASURES), Csv.columns(RATIOS));
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
            row.completeness(),
            Csv.ratios(row.ratios()));
      }
    }
  }

  private static void prompt(PromptOutcome outcome, Appendable out) throws IOException {
    Csv csv = new Csv(out, "\n");
    for (var entry : outcome.fidelity().entrySet()) {
      csv.record(
          outcome.task(),
          outcome.index(),
          outcome.method(),
          entry.getKey(),
          entry.getValue(),
          Csv.metric(entry.getValue()));
    }
  }
}
