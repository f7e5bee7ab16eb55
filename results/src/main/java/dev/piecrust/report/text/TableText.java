package dev.piecrust.report.text;

import dev.piecrust.report.table.ResultTable;
import dev.piecrust.report.table.ResultTable.Failure;
import dev.piecrust.report.table.ResultTable.TaskTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A campaign's results as aligned text, for terminals and log files: what a reader needs first. All
 * budgets, pairs and measures are in the exports.
 */
public final class TableText {
  private static final int SHOWN_FAILURES = 20;
  private static final int REASON = 300;
  private static final int WIDTH = 96;

  private TableText() {}

  /** The results, a line each, ended by a line feed. */
  public static String of(ResultTable table) {
    List<String> lines = new ArrayList<>();
    lines.add("%s: %s".formatted(table.campaign(), table.state().words()));
    lines.add(
        "KL(clean ‖ pruned) in nats when only the K best occurrences are kept: means over"
            + " prompts,");
    lines.add("lower is better, * is the lowest of its K.");
    for (TaskTable task : table.tasks()) {
      lines.add("");
      lines.add("%s, %d prompts".formatted(task.task(), task.prompts()));
      Findings.of(task).forEach(finding -> item(finding, lines));
      Optional<Focus> focus = Focus.of(task);
      section(HeldOutText.of(task, focus.map(Focus::budget)), lines);
      lines.add("");
      lines.add(
          "In-sample: K occurrences are chosen for each prompt, and measured on the same prompt.");
      lines.addAll(FidelityText.of(task));
      focus.ifPresent(f -> section(ComparisonText.of(f), lines));
      focus.ifPresent(f -> section(OverlapText.of(task, f.budget()), lines));
    }
    table.features().ifPresent(features -> section(FeatureText.of(features), lines));
    failures(table, lines);
    return String.join("\n", lines) + "\n";
  }

  private static void section(List<String> section, List<String> lines) {
    if (!section.isEmpty()) {
      lines.add("");
      lines.addAll(section);
    }
  }

  private static void item(String sentence, List<String> lines) {
    String mark = "- ";
    for (String line : AlignedText.broken(sentence, WIDTH)) {
      lines.add(mark + line);
      mark = "  ";
    }
  }

  private static void failures(ResultTable table, List<String> lines) {
    if (table.failures().isEmpty()) {
      return;
    }
    lines.add("");
    lines.add(
        table.failedPrompts() > 0
            ? "%d prompts have no result:".formatted(table.failedPrompts())
            : "These have no result:");
    for (Failure failure : table.failures().stream().limit(SHOWN_FAILURES).toList()) {
      lines.add(
          "  %s %s: %s"
              .formatted(failure.task(), failure.what(), SafeText.line(failure.reason(), REASON)));
    }
    if (table.failures().size() > SHOWN_FAILURES) {
      lines.add("  and %d more".formatted(table.failures().size() - SHOWN_FAILURES));
    }
    lines.add("'./piecrust retry %s' tries them again.".formatted(table.campaign()));
  }
}
