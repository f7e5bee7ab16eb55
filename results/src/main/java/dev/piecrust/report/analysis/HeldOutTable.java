package dev.piecrust.report.analysis;

import dev.piecrust.feature.CircuitOutcome;
import dev.piecrust.feature.MetricCurves;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.DoubleStream;

/**
 * Averages what circuits did on held-out prompts, of which it keeps plain numbers; other shares of
 * the prompts are left out.
 */
public final class HeldOutTable {
  private static final String HELD_OUT = "held-out";

  private final Statistics statistics = Statistics.standard();
  private final SortedMap<Cell, Results> cells;
  private final SortedSet<Integer> prompts = new TreeSet<>();
  private final SortedMap<Cell, List<MetricCurves>> curves;

  private record Cell(String method, String ranking, int budget) {}

  /** What one circuit did. */
  private static final class Results {
    private final MethodMeasures measures = new MethodMeasures();
    private final DoubleStream.Builder kept = DoubleStream.builder();
  }

  /** An empty one of one task, with methods in the order of the tables. */
  public HeldOutTable(List<String> methods) {
    Comparator<Cell> order =
        Comparator.comparingInt((Cell cell) -> methods.indexOf(cell.method()))
            .thenComparing(Cell::method)
            .thenComparing(Cell::ranking)
            .thenComparingInt(Cell::budget);
    cells = new TreeMap<>(order);
    curves = new TreeMap<>(order);
  }

  /** Adds what a circuit did on one prompt; those of one circuit come by prompt, ascending. */
  public void add(CircuitOutcome outcome) {
    if (!outcome.share().equals(HELD_OUT)) {
      return;
    }
    prompts.add(outcome.index());
    Cell cell = new Cell(outcome.method(), outcome.ranking(), outcome.budget());
    Results results = cells.computeIfAbsent(cell, c -> new Results());
    outcome
        .curves()
        .ifPresent(own -> curves.computeIfAbsent(cell, c -> new ArrayList<>()).add(own));
    results.measures.add(outcome.budget(), outcome.index(), outcome.fidelity());
    results.kept.add(outcome.kept());
  }

  /**
   * The table.
   *
   * @param measures of single prompts, of the same task; with none, no per-prompt answers stand
   *     beside the circuits
   */
  public HeldOut build(Measures measures) {
    List<HeldOut.Row> rows = new ArrayList<>();
    cells.forEach((cell, results) -> rows.add(row(cell, results, measures)));
    return new HeldOut(
        prompts.size(),
        bestFirst(rows).stream().map(row -> marked(row, rows)).toList(),
        curves.entrySet().stream()
            .flatMap(
                entry ->
                    MetricAreas.of(
                        entry.getKey().method(), entry.getKey().ranking(), entry.getValue())
                        .stream())
            .toList());
  }

  /** Ways to choose that were not measured at the budget that decides come last, as they were. */
  private static List<HeldOut.Row> bestFirst(List<HeldOut.Row> rows) {
    int most = 0;
    for (HeldOut.Row row : rows) {
      most = Math.max(most, (int) rows.stream().filter(r -> r.budget() == row.budget()).count());
    }
    List<List<String>> ways =
        Decisive.ranked(rows, HeldOut.Row::budget, HeldOut.Row::klLast, most).stream()
            .map(HeldOut.Row::way)
            .toList();
    return rows.stream()
        .sorted(
            Comparator.comparingInt(
                row -> ways.contains(row.way()) ? ways.indexOf(row.way()) : ways.size()))
        .toList();
  }

  private HeldOut.Row row(Cell cell, Results results, Measures measures) {
    MethodMeasures.Columns columns = results.measures.at(cell.budget());
    List<Integer> own = Arrays.stream(columns.prompts()).boxed().toList();
    double[] perPrompt = measures.values(cell.method(), cell.budget(), own);
    List<double[]> series = new ArrayList<>(columns.series());
    series.add(results.kept.build().toArray());
    series.add(perPrompt);
    List<Estimate> estimates = statistics.estimates(series);
    return new HeldOut.Row(
        cell.method(),
        cell.ranking(),
        cell.budget(),
        estimates.get(0),
        estimates.get(1),
        estimates.get(2),
        estimates.get(3),
        estimates.get(4),
        Ratios.of(statistics.quotients(columns.quotients())),
        estimates.get(5),
        perPrompt.length == 0 ? Optional.empty() : Optional.of(estimates.get(6)),
        false);
  }

  private static HeldOut.Row marked(HeldOut.Row row, List<HeldOut.Row> rows) {
    double lowest =
        rows.stream()
            .filter(other -> other.budget() == row.budget())
            .flatMapToDouble(other -> other.klLast().mean().stream())
            .min()
            .orElse(Double.NaN);
    return row.marked(row.klLast().mean().stream().anyMatch(mean -> mean <= lowest));
  }
}
