package dev.piecrust.report;

import dev.piecrust.feature.Fidelity;
import dev.piecrust.report.ResultTable.Row;
import dev.piecrust.report.ResultTable.TaskTable;
import java.io.IOException;
import java.util.ArrayList;
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
    files.add("fidelity.csv", ExportPart.lines(means(source)));
    files.add("per_prompt.csv", out -> prompts(source, out));
  }

  private static List<String> means(ExportSource source) {
    List<String> lines = new ArrayList<>();
    lines.add("task,method,k," + Csv.header(MEASURES));
    for (TaskTable task : source.table().tasks()) {
      for (Row row : task.rows()) {
        lines.add(
            Csv.line(
                task.task(),
                row.method(),
                row.budget(),
                Csv.estimate(row.klLast()),
                Csv.estimate(row.klAll()),
                Csv.estimate(row.predChanged()),
                Csv.estimate(row.faithfulness()),
                Csv.estimate(row.completeness())));
      }
    }
    return lines;
  }

  private static void prompts(ExportSource source, Appendable out) throws IOException {
    out.append("task,prompt,method,k,").append(String.join(",", MEASURES)).append('\n');
    source
        .outcomes()
        .forEach(
            source.spec(),
            outcome -> {
              for (var entry : outcome.fidelity().entrySet()) {
                String line =
                    Csv.line(
                        outcome.task(),
                        outcome.index(),
                        outcome.method(),
                        entry.getKey(),
                        measures(entry.getValue()));
                out.append(line).append('\n');
              }
            });
  }

  static String measures(Fidelity f) {
    return Csv.line(
        f.klLast(),
        f.klAll(),
        f.predChanged(),
        Csv.number(f.faithfulness()),
        Csv.number(f.completeness()));
  }
}
