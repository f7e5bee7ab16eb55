package dev.piecrust.report.text;

import dev.piecrust.report.analysis.HeldOut;
import dev.piecrust.report.table.ResultTable.TaskTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Circuits on held-out prompts beside the per-prompt answers on the same prompts. */
final class HeldOutText {
  private HeldOutText() {}

  /**
   * @param wanted the budget shown in full; where circuits lack it, their smallest
   */
  static List<String> of(TaskTable task, Optional<Integer> wanted) {
    List<HeldOut.Row> rows = task.analysis().heldOut().rows();
    List<Integer> budgets = rows.stream().map(HeldOut.Row::budget).distinct().sorted().toList();
    if (budgets.isEmpty()) {
      return List.of();
    }
    int budget = wanted.filter(budgets::contains).orElse(budgets.get(0));
    List<Integer> others = budgets.stream().filter(n -> n != budget).toList();
    List<String> lines = new ArrayList<>();
    lines.add(
        "Held out: KL last on %d prompts of circuits of N features chosen on other prompts (all"
                .formatted(task.analysis().heldOut().prompts())
            + " their");
    lines.add(
        "occurrences are kept), beside K=%d occurrences chosen for each of these prompts by itself."
            .formatted(budget));
    List<List<String>> cells = new ArrayList<>();
    List<String> header =
        new ArrayList<>(List.of("method", "ranked by", "N=" + budget, "kept", "per prompt"));
    others.forEach(n -> header.add("N=" + n));
    cells.add(header);
    rows.stream()
        .filter(row -> row.budget() == budget)
        .forEach(row -> cells.add(cells(row, rows, others)));
    lines.addAll(AlignedText.of(cells));
    lines.add("What carries over best comes first.");
    lines.add("kept: occurrences of the %d features in a prompt, in the mean.".formatted(budget));
    if (!task.analysis().heldOut().areas().isEmpty()) {
      lines.add("");
      lines.add(
          "Faithfulness over all sizes, from 0.1 % to 100 % of what is active (CPR: high is good;"
              + " CMD:");
      lines.add(
          "0 is best): features held out, occurrences in-sample; errors kept, or patched too.");
      lines.addAll(AlignedText.of(FidelityTables.areas(task)));
    }
    return lines;
  }

  private static List<String> cells(HeldOut.Row row, List<HeldOut.Row> rows, List<Integer> others) {
    List<String> line = new ArrayList<>();
    line.add(row.method());
    line.add(row.ranking());
    line.add(Figures.withHalfWidth(row.klLast(), row.best()));
    line.add(Figures.of(row.occurrences().mean()));
    line.add(row.perPrompt().map(e -> Figures.withHalfWidth(e, false)).orElse("–"));
    for (int n : others) {
      line.add(
          rows.stream()
              .filter(r -> r.budget() == n && same(r, row))
              .map(r -> Figures.of(r.klLast().mean()) + (r.best() ? "*" : ""))
              .findFirst()
              .orElse("–"));
    }
    return line;
  }

  private static boolean same(HeldOut.Row one, HeldOut.Row other) {
    return one.method().equals(other.method()) && one.ranking().equals(other.ranking());
  }
}
