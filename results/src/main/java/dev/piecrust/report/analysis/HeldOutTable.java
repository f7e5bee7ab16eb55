package dev.piecrust.report.analysis;

import dev.piecrust.feature.CircuitOutcome;
import dev.piecrust.feature.Fidelity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Averages what circuits did on held-out prompts; other shares of the prompts are left out. */
final class HeldOutTable {
  private static final String HELD_OUT = "held-out";

  private final Statistics statistics = new Statistics(Statistics.SEED);
  private final List<String> methods;
  private final Measures measures;

  private record Cell(String method, String ranking, int budget) {
    static Cell of(CircuitOutcome outcome) {
      return new Cell(outcome.method(), outcome.ranking(), outcome.budget());
    }
  }

  /**
   * @param methods in the order of the tables
   * @param measures of single prompts, of the same task
   */
  HeldOutTable(List<String> methods, Measures measures) {
    this.methods = methods;
    this.measures = measures;
  }

  /**
   * @param outcomes of the same task
   */
  HeldOut build(List<CircuitOutcome> outcomes) {
    List<CircuitOutcome> heldOut =
        outcomes.stream().filter(o -> o.share().equals(HELD_OUT)).toList();
    Comparator<Cell> order =
        Comparator.comparingInt((Cell cell) -> methods.indexOf(cell.method()))
            .thenComparing(Cell::method)
            .thenComparing(Cell::ranking)
            .thenComparingInt(Cell::budget);
    Map<Cell, List<CircuitOutcome>> cells =
        heldOut.stream()
            .sorted(Comparator.comparingInt(CircuitOutcome::index))
            .collect(
                Collectors.groupingBy(Cell::of, () -> new TreeMap<>(order), Collectors.toList()));
    List<HeldOut.Row> rows = new ArrayList<>();
    cells.forEach((cell, prompts) -> rows.add(row(cell, prompts)));
    int prompts = (int) heldOut.stream().mapToInt(CircuitOutcome::index).distinct().count();
    return new HeldOut(prompts, rows.stream().map(row -> marked(row, rows)).toList());
  }

  private HeldOut.Row row(Cell cell, List<CircuitOutcome> outcomes) {
    List<Fidelity> prompts = outcomes.stream().map(CircuitOutcome::fidelity).toList();
    return new HeldOut.Row(
        cell.method(),
        cell.ranking(),
        cell.budget(),
        estimate(prompts, Fidelity::klLast),
        estimate(prompts, Fidelity::klAll),
        estimate(prompts, Fidelity::predChanged),
        estimate(prompts, Fidelity::faithfulness),
        estimate(prompts, Fidelity::completeness),
        statistics.estimate(outcomes.stream().map(o -> OptionalDouble.of(o.kept())).toList()),
        perPrompt(cell, outcomes),
        false);
  }

  private Optional<Estimate> perPrompt(Cell cell, List<CircuitOutcome> outcomes) {
    List<Integer> prompts = outcomes.stream().map(CircuitOutcome::index).toList();
    List<Fidelity> own = measures.at(cell.method(), cell.budget(), prompts);
    return own.isEmpty() ? Optional.empty() : Optional.of(estimate(own, Fidelity::klLast));
  }

  private Estimate estimate(List<Fidelity> prompts, Function<Fidelity, @Nullable Double> measure) {
    return statistics.of(prompts, measure);
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
