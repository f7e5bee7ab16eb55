package dev.piecrust.report;

import dev.piecrust.report.ResultTable.Failure;
import dev.piecrust.report.ResultTable.Row;
import dev.piecrust.report.ResultTable.TaskTable;
import java.util.ArrayList;
import java.util.List;

/** A campaign's results as aligned text, for terminals and log files. */
public final class TableText {
  private static final List<String> HEADER =
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
  private static final int SHOWN_FAILURES = 20;

  private TableText() {}

  /** The results, a line each, ended by a line feed. */
  public static String of(ResultTable table) {
    List<String> lines = new ArrayList<>();
    lines.add("%s: %s".formatted(table.campaign(), table.state().words()));
    lines.add(
        "KL(clean ‖ pruned) in nats when only the K best occurrences are kept: means over n"
            + " prompts, lower is better, * is the lowest of its K.");
    for (TaskTable task : table.tasks()) {
      lines.add("");
      lines.add("%s, %d prompts".formatted(task.task(), task.prompts()));
      lines.addAll(rows(task));
    }
    failures(table, lines);
    return String.join("\n", lines) + "\n";
  }

  private static List<String> rows(TaskTable task) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(HEADER);
    task.rows().forEach(row -> cells.add(cells(row)));
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

  private static List<String> cells(Row row) {
    Estimate kl = row.klLast();
    return List.of(
        row.method(),
        Integer.toString(row.budget()),
        Figures.of(kl.mean()) + (row.best() ? "*" : " "),
        Figures.of(kl.sd()),
        kl.low().isPresent() ? Figures.of(kl.low()) + " – " + Figures.of(kl.high()) : "–",
        Figures.of(row.klAll().mean()),
        Figures.share(row.predChanged().mean()),
        Figures.of(row.faithfulness().mean()),
        Figures.of(row.completeness().mean()),
        Integer.toString(kl.n()));
  }

  private static void failures(ResultTable table, List<String> lines) {
    if (table.failures().isEmpty()) {
      return;
    }
    lines.add("");
    lines.add("%d prompts have no result:".formatted(table.failedPrompts()));
    for (Failure failure : table.failures().stream().limit(SHOWN_FAILURES).toList()) {
      lines.add("  %s %s: %s".formatted(failure.task(), failure.what(), failure.reason()));
    }
    if (table.failures().size() > SHOWN_FAILURES) {
      lines.add("  and %d more".formatted(table.failures().size() - SHOWN_FAILURES));
    }
  }
}
