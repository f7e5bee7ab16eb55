package dev.piecrust.report;

import dev.piecrust.report.ResultTable.Row;
import dev.piecrust.report.ResultTable.TaskTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** {@code results.tex}: for each task a booktabs table of mean KL by method and budget. */
final class LatexFile implements ExportPart {
  @Override
  public void write(ExportSource source, ExportFiles files) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("% Needs \\usepackage{booktabs}. The best method of each budget is bold.");
    for (TaskTable task : source.table().tasks()) {
      table(task, source.spec().prune().budgets(), lines);
    }
    files.add("results.tex", ExportPart.lines(lines));
  }

  private static void table(TaskTable task, List<Integer> budgets, List<String> lines) {
    lines.add("\\begin{table}");
    lines.add("\\centering");
    lines.add(
        "\\caption{%s, %d prompts: mean KL at the last position in nats (sd).}"
            .formatted(escaped(task.task()), task.prompts()));
    lines.add("\\begin{tabular}{l%s}".formatted("r".repeat(budgets.size())));
    lines.add("\\toprule");
    lines.add(
        budgets.stream()
            .map(k -> " & $K=" + k + "$")
            .collect(Collectors.joining("", "method", " \\\\")));
    lines.add("\\midrule");
    task.rows().stream()
        .map(Row::method)
        .distinct()
        .forEach(method -> lines.add(row(task, method)));
    lines.add("\\bottomrule");
    lines.add("\\end{tabular}");
    lines.add("\\end{table}");
  }

  private static String row(TaskTable task, String method) {
    return task.rows().stream()
        .filter(row -> row.method().equals(method))
        .map(row -> " & " + cell(row))
        .collect(Collectors.joining("", escaped(method), " \\\\"));
  }

  private static String cell(Row row) {
    if (row.klLast().mean().isEmpty()) {
      return "--";
    }
    String mean = Figures.of(row.klLast().mean());
    String sd = row.klLast().sd().isPresent() ? " (" + Figures.of(row.klLast().sd()) + ")" : "";
    return (row.best() ? "\\textbf{" + mean + "}" : mean) + sd;
  }

  private static String escaped(String name) {
    return name.replace("_", "\\_");
  }
}
