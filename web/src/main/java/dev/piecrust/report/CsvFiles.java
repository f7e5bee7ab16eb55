package dev.piecrust.report;

import dev.piecrust.feature.Fidelity;
import dev.piecrust.report.ResultTable.Row;
import dev.piecrust.report.ResultTable.TaskTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code results.csv}, the means, and {@code per_prompt.csv}, every prompt; what is missing is
 * empty. Names of tasks and methods hold no commas or quotes.
 */
final class CsvFiles implements ExportPart {
  private static final List<String> MEASURES =
      List.of("kl_last", "kl_all", "pred_changed", "faithfulness", "completeness");

  @Override
  public void write(ExportSource source, ExportFiles files) throws IOException {
    files.add("results.csv", ExportPart.lines(means(source)));
    files.add("per_prompt.csv", out -> prompts(source, out));
  }

  private static List<String> means(ExportSource source) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "task,method,k,"
            + MEASURES.stream()
                .flatMap(
                    m -> Stream.of("mean_", "sd_", "ci95_low_", "ci95_high_", "n_").map(p -> p + m))
                .collect(Collectors.joining(",")));
    for (TaskTable task : source.table().tasks()) {
      for (Row row : task.rows()) {
        String measures =
            Stream.of(
                    row.klLast(),
                    row.klAll(),
                    row.predChanged(),
                    row.faithfulness(),
                    row.completeness())
                .map(CsvFiles::estimate)
                .collect(Collectors.joining(","));
        lines.add("%s,%s,%d,%s".formatted(task.task(), row.method(), row.budget(), measures));
      }
    }
    return lines;
  }

  private static String estimate(Estimate e) {
    return Stream.of(e.mean(), e.sd(), e.low(), e.high())
            .map(CsvFiles::number)
            .collect(Collectors.joining(","))
        + ","
        + e.n();
  }

  private static void prompts(ExportSource source, Appendable out) throws IOException {
    out.append("task,prompt,method,k,").append(String.join(",", MEASURES)).append('\n');
    source
        .outcomes()
        .forEach(
            source.spec(),
            outcome -> {
              for (var entry : outcome.fidelity().entrySet()) {
                out.append(outcome.task())
                    .append(',')
                    .append(Integer.toString(outcome.index()))
                    .append(',')
                    .append(outcome.method())
                    .append(',')
                    .append(entry.getKey().toString())
                    .append(',')
                    .append(measures(entry.getValue()))
                    .append('\n');
              }
            });
  }

  private static String measures(Fidelity f) {
    return String.join(
        ",",
        number(f.klLast()),
        number(f.klAll()),
        number(f.predChanged()),
        number(f.faithfulness()),
        number(f.completeness()));
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? Double.toString(value.getAsDouble()) : "";
  }

  private static String number(@Nullable Double value) {
    return value == null ? "" : value.toString();
  }
}
