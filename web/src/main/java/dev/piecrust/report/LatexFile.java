package dev.piecrust.report;

import dev.piecrust.report.ResultTable.Row;
import dev.piecrust.report.ResultTable.TaskTable;
import dev.piecrust.report.analysis.Estimate;
import dev.piecrust.report.analysis.HeldOut;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * {@code results.tex}: for each task a booktabs table of mean KL by method and budget, with the
 * paper's figures below where there are any, and one of circuits on held-out prompts.
 */
final class LatexFile implements ExportPart {
  @Override
  public void write(ExportSource source, ExportFiles files) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("% Needs \\usepackage{booktabs}. The best method of each budget is bold.");
    for (TaskTable task : source.table().tasks()) {
      fidelity(task, lines);
      if (!task.analysis().heldOut().rows().isEmpty()) {
        heldOut(task, lines);
      }
    }
    files.add("results.tex", ExportPart.lines(lines));
  }

  private static void fidelity(TaskTable task, List<String> lines) {
    List<String> rows = new ArrayList<>();
    for (String method : task.rows().stream().map(Row::method).distinct().toList()) {
      rows.add(row(task, escaped(method), k -> measured(task, method, k)));
      if (task.paper().stream().anyMatch(r -> r.method().equals(method))) {
        rows.add(row(task, "\\quad paper", k -> paper(task, method, k)));
      }
    }
    String caption =
        "%s, %d prompts: mean KL at the last position in nats (sd)."
            .formatted(escaped(task.task()), task.prompts());
    table(task, caption, "K", rows, lines);
  }

  private static void heldOut(TaskTable task, List<String> lines) {
    HeldOut heldOut = task.analysis().heldOut();
    List<String> rows =
        heldOut.rows().stream()
            .map(r -> List.of(r.method(), r.ranking()))
            .distinct()
            .map(
                circuit ->
                    row(
                        task,
                        escaped(circuit.get(0)) + ", " + escaped(circuit.get(1)),
                        n -> circuit(heldOut, circuit.get(0), circuit.get(1), n)))
            .toList();
    String caption =
        ("%s, %d held-out prompts: mean KL of circuits of $N$ features chosen on other prompts; in"
                + " brackets that of $N$ occurrences chosen for each prompt by itself.")
            .formatted(escaped(task.task()), heldOut.prompts());
    table(task, caption, "N", rows, lines);
  }

  private static void table(
      TaskTable task, String caption, String letter, List<String> rows, List<String> lines) {
    lines.add("\\begin{table}");
    lines.add("\\centering");
    lines.add("\\caption{%s}".formatted(caption));
    lines.add("\\begin{tabular}{l%s}".formatted("r".repeat(task.budgets().size())));
    lines.add("\\toprule");
    lines.add(row(task, "method", k -> "$%s=%d$".formatted(letter, k)));
    lines.add("\\midrule");
    lines.addAll(rows);
    lines.add("\\bottomrule");
    lines.add("\\end{tabular}");
    lines.add("\\end{table}");
  }

  private static String row(TaskTable task, String name, IntFunction<String> cell) {
    return task.budgets().stream()
        .map(k -> " & " + cell.apply(k))
        .collect(Collectors.joining("", name, " \\\\"));
  }

  private static String measured(TaskTable task, String method, int budget) {
    return task.rows().stream()
        .filter(row -> row.method().equals(method) && row.budget() == budget)
        .findFirst()
        .map(row -> bold(row.klLast(), row.best()) + inBrackets(row.klLast().sd()))
        .orElse("--");
  }

  private static String paper(TaskTable task, String method, int budget) {
    return task.paper().stream()
        .filter(r -> r.method().equals(method) && r.budget() == budget)
        .findFirst()
        .map(r -> Figures.of(r.klLast()) + inBrackets(r.sd()))
        .orElse("--");
  }

  private static String circuit(HeldOut heldOut, String method, String ranking, int budget) {
    return heldOut.rows().stream()
        .filter(r -> r.method().equals(method) && r.ranking().equals(ranking))
        .filter(r -> r.budget() == budget)
        .findFirst()
        .map(
            r ->
                bold(r.klLast(), r.best())
                    + r.perPrompt().map(own -> inBrackets(own.mean())).orElse(""))
        .orElse("--");
  }

  private static String bold(Estimate kl, boolean best) {
    if (kl.mean().isEmpty()) {
      return "--";
    }
    String mean = Figures.of(kl.mean());
    return best ? "\\textbf{" + mean + "}" : mean;
  }

  private static String inBrackets(OptionalDouble value) {
    return value.isPresent() ? " (" + Figures.of(value) + ")" : "";
  }

  private static String escaped(String name) {
    return name.replace("_", "\\_");
  }
}
