package dev.piecrust.report.text;

import dev.piecrust.report.analysis.Estimate;
import dev.piecrust.report.analysis.HeldOut;
import dev.piecrust.report.analysis.MetricArea;
import dev.piecrust.report.analysis.Reference;
import dev.piecrust.report.table.ResultTable.Row;
import dev.piecrust.report.table.ResultTable.TaskTable;
import dev.piecrust.report.text.PaperTable.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntFunction;

/**
 * The tables of a task: circuits on held-out prompts; the mean KL by method and budget, with the
 * paper's figures where there are any; every method beside the best.
 */
public final class FidelityTables {
  private FidelityTables() {}

  public static List<PaperTable> of(TaskTable task) {
    List<PaperTable> tables = new ArrayList<>();
    if (!task.analysis().heldOut().rows().isEmpty()) {
      tables.add(heldOut(task));
    }
    if (!task.analysis().heldOut().areas().isEmpty()) {
      List<List<String>> cells = areas(task);
      tables.add(
          PaperTable.plain(
              task.task() + "-areas",
              ("%s, %d held-out prompts: areas of faithfulness (ratios of means) over the share of what"
                      + " is active that is kept, 0.001 to 1. Features are ranked on other prompts,"
                      + " occurrences on each prompt; error terms are kept, or patched too.")
                  .formatted(task.task(), task.analysis().heldOut().prompts()),
              cells.get(0),
              cells.subList(1, cells.size())));
    }
    tables.add(kl(task));
    Focus.of(task).ifPresent(focus -> tables.add(comparison(focus)));
    return tables;
  }

  /** Every measure at every budget: as many rows as there are methods, times budgets. */
  public static PaperTable measures(TaskTable task) {
    return PaperTable.plain(
        task.task() + "-measures",
        "%s, in-sample: all measures, means over n prompts; the interval is that of KL last."
            .formatted(task.task()),
        FidelityText.HEADER,
        task.rows().stream().map(FidelityText::measures).toList());
  }

  /** A header, and a line for each method, sample and treatment of error terms. */
  static List<List<String>> areas(TaskTable task) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(List.of("method", "chosen", "units", "errors", "CPR", "CMD", "n"));
    for (MetricArea area : task.analysis().heldOut().areas()) {
      cells.add(
          List.of(
              area.method(),
              area.sample(),
              area.units(),
              area.errors(),
              Figures.withHalfWidth(area.cpr(), false),
              Figures.withHalfWidth(area.cmd(), false),
              Integer.toString(area.cpr().n())));
    }
    return cells;
  }

  private static PaperTable kl(TaskTable task) {
    List<List<Cell>> rows = new ArrayList<>();
    for (String method : task.rows().stream().map(Row::method).distinct().toList()) {
      rows.add(row(task, method, k -> measured(task, method, k)));
      if (task.paper().stream().anyMatch(r -> r.method().equals(method))) {
        rows.add(row(task, method + " (paper)", k -> published(task, method, k)));
      }
    }
    String caption =
        "%s, %d prompts, in-sample: mean KL at the last position in nats (sd) when K occurrences are kept."
                .formatted(task.task(), task.prompts())
            + (task.paper().isEmpty()
                ? ""
                : " (paper): published in arXiv:2604.16889, on its own prompts of this task.");
    return new PaperTable(task.task() + "-kl", caption, columns(task, "K"), rows);
  }

  private static PaperTable comparison(Focus focus) {
    return PaperTable.plain(
        focus.task().task() + "-comparison",
        "%s: %s.".formatted(focus.task().task(), ComparisonText.caption(focus)),
        ComparisonText.HEADER,
        ComparisonText.rows(focus));
  }

  private static PaperTable heldOut(TaskTable task) {
    HeldOut heldOut = task.analysis().heldOut();
    List<List<Cell>> rows =
        heldOut.rows().stream()
            .map(r -> List.of(r.method(), r.ranking()))
            .distinct()
            .map(
                circuit ->
                    row(
                        task,
                        String.join(", ", circuit),
                        n -> circuit(heldOut, circuit.get(0), circuit.get(1), n)))
            .toList();
    String caption =
        ("%s, %d held-out prompts: mean KL of circuits of N features chosen on other prompts; in"
                + " brackets that of N occurrences chosen for each prompt by itself.")
            .formatted(task.task(), heldOut.prompts());
    return new PaperTable(task.task() + "-held-out", caption, columns(task, "N"), rows);
  }

  private static List<PaperTable.Column> columns(TaskTable task, String letter) {
    List<String> titles = new ArrayList<>(List.of("method"));
    task.budgets().forEach(k -> titles.add(letter + "=" + k));
    return PaperTable.columns(titles);
  }

  private static List<Cell> row(TaskTable task, String name, IntFunction<Optional<Cell>> cell) {
    List<Cell> cells = new ArrayList<>(List.of(Cell.of(name)));
    task.budgets().forEach(k -> cells.add(cell.apply(k).orElseGet(Cell::missing)));
    return cells;
  }

  private static Optional<Cell> measured(TaskTable task, String method, int budget) {
    return task.rows().stream()
        .filter(row -> row.method().equals(method) && row.budget() == budget)
        .findFirst()
        .map(row -> cell(row.klLast(), row.klLast().sd(), row.best()));
  }

  private static Optional<Cell> published(TaskTable task, String method, int budget) {
    return task.paper().stream()
        .filter(r -> r.method().equals(method) && r.budget() == budget)
        .findFirst()
        .map((Reference r) -> new Cell(Figures.of(r.klLast()), inBrackets(r.sd()), false));
  }

  private static Optional<Cell> circuit(
      HeldOut heldOut, String method, String ranking, int budget) {
    return heldOut.rows().stream()
        .filter(r -> r.method().equals(method) && r.ranking().equals(ranking))
        .filter(r -> r.budget() == budget)
        .findFirst()
        .map(
            r ->
                cell(
                    r.klLast(),
                    r.perPrompt().map(Estimate::mean).orElse(OptionalDouble.empty()),
                    r.best()));
  }

  private static Cell cell(Estimate kl, OptionalDouble beside, boolean best) {
    return kl.mean().isEmpty()
        ? Cell.missing()
        : new Cell(Figures.of(kl.mean()), inBrackets(beside), best);
  }

  private static String inBrackets(OptionalDouble value) {
    return value.isPresent() ? "(" + Figures.of(value) + ")" : "";
  }
}
