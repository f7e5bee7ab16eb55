package dev.piecrust.report.text;

import dev.piecrust.report.analysis.Estimate;
import dev.piecrust.report.analysis.Reference;
import dev.piecrust.report.table.ResultTable.Row;
import dev.piecrust.report.table.ResultTable.TaskTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The per-prompt answers of a task: every measure a line where few methods were run, and the KL
 * alone, methods by budgets, where there are many or the paper's figures stand beside.
 */
final class FidelityText {
  static final List<String> HEADER =
      List.of(
          "method",
          "K",
          "KL last",
          "± sd",
          "95 % interval",
          "KL all",
          "changed",
          "faithful",
          "complete",
          "n");
  private static final int KL_LAST = HEADER.indexOf("KL last");
  private static final int DETAILED_ROWS = 24;
  private static final int COLUMNS = 5;

  private FidelityText() {}

  static List<String> of(TaskTable task) {
    if (task.rows().size() <= DETAILED_ROWS && task.paper().isEmpty()) {
      return detailed(task);
    }
    List<String> lines = new ArrayList<>();
    lines.add("KL last, ± half the width of its 95 % interval:");
    for (int from = 0; from < task.budgets().size(); from += COLUMNS) {
      int to = Math.min(from + COLUMNS, task.budgets().size());
      lines.addAll(AlignedText.of(matrix(task, task.budgets().subList(from, to))));
    }
    if (!task.paper().isEmpty()) {
      lines.add(
          "paper: published means (sd) of arXiv:2604.16889, on its own prompts of this task.");
    }
    return lines;
  }

  private static List<List<String>> matrix(TaskTable task, List<Integer> budgets) {
    List<List<String>> cells = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("method"));
    budgets.forEach(k -> header.add("K=" + k));
    cells.add(header);
    for (String method : task.rows().stream().map(Row::method).distinct().toList()) {
      List<String> line = new ArrayList<>(List.of(method));
      budgets.forEach(k -> line.add(cell(task, method, k)));
      cells.add(line);
      if (task.paper().stream()
          .anyMatch(r -> r.method().equals(method) && budgets.contains(r.budget()))) {
        List<String> paper = new ArrayList<>(List.of("  paper"));
        budgets.forEach(k -> paper.add(paper(task, method, k)));
        cells.add(paper);
      }
    }
    return cells;
  }

  private static String cell(TaskTable task, String method, int budget) {
    return task.rows().stream()
        .filter(row -> row.method().equals(method) && row.budget() == budget)
        .findFirst()
        .map(row -> Figures.withHalfWidth(row.klLast(), row.best()))
        .orElse("–");
  }

  private static String paper(TaskTable task, String method, int budget) {
    Optional<Reference> found =
        task.paper().stream()
            .filter(r -> r.method().equals(method) && r.budget() == budget)
            .findFirst();
    return found
        .map(
            r ->
                Figures.of(r.klLast())
                    + (r.sd().isPresent() ? " (" + Figures.of(r.sd()) + ")" : ""))
        .orElse("–");
  }

  private static List<String> detailed(TaskTable task) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(HEADER);
    task.rows().forEach(row -> cells.add(starred(row)));
    List<String> lines = new ArrayList<>(AlignedText.of(cells));
    int missing =
        task.rows().stream()
            .mapToInt(row -> Math.max(row.faithfulness().missing(), row.completeness().missing()))
            .max()
            .orElse(0);
    if (missing > 0) {
      lines.add(
          "faithful and complete leave out up to %d prompts on which they are not defined."
              .formatted(missing));
    }
    return lines;
  }

  private static List<String> starred(Row row) {
    List<String> cells = new ArrayList<>(measures(row));
    cells.set(KL_LAST, cells.get(KL_LAST) + (row.best() ? "*" : " "));
    return cells;
  }

  /** A cell for each title of {@link #HEADER}. */
  static List<String> measures(Row row) {
    Estimate kl = row.klLast();
    return List.of(
        row.method(),
        Integer.toString(row.budget()),
        Figures.of(kl.mean()),
        Figures.of(kl.sd()),
        kl.low().isPresent() ? Figures.of(kl.low()) + " – " + Figures.of(kl.high()) : "–",
        Figures.of(row.klAll().mean()),
        Figures.share(row.predChanged().mean()),
        Figures.of(row.faithfulness().mean()),
        Figures.of(row.completeness().mean()),
        Integer.toString(kl.n()));
  }
}
