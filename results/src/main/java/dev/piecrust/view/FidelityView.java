package dev.piecrust.view;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.piecrust.report.analysis.HeldOut;
import dev.piecrust.report.analysis.Reference;
import dev.piecrust.report.table.ResultTable.Row;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Fidelity against budget, as far as a campaign has come.
 *
 * @param running whether it may still change
 * @param estimator of the interval and what it stands on, in one sentence
 * @param tasks in the order of the spec
 */
public record FidelityView(String campaign, boolean running, String estimator, List<Task> tasks) {
  public FidelityView {
    tasks = List.copyOf(tasks);
  }

  /**
   * One task.
   *
   * @param budgets of the spec, ascending
   * @param methods in the order of the spec; those without a result are left out
   * @param heldOut circuits on prompts that had no part in choosing them; without rows where there
   *     are none. The chart, which is drawn from JSON, does without
   * @param paper the paper's own points, where they are of this subject and task
   */
  public record Task(
      String task,
      List<Integer> budgets,
      List<Method> methods,
      @JsonIgnore HeldOut heldOut,
      List<Reference> paper) {
    public Task {
      budgets = List.copyOf(budgets);
      methods = List.copyOf(methods);
      paper = List.copyOf(paper);
    }

    /** The circuits, a row for each way to choose them. */
    public List<CircuitRow> circuitRows() {
      return heldOut.rows().stream()
          .map(HeldOut.Row::way)
          .distinct()
          .map(
              name ->
                  new CircuitRow(
                      name.get(0),
                      name.get(1),
                      heldOut.rows().stream().filter(row -> row.way().equals(name)).toList()))
          .toList();
    }

    /** The paper's points, a row for each method. */
    public List<PaperRow> paperRows() {
      return paper.stream()
          .map(Reference::method)
          .distinct()
          .map(
              method ->
                  new PaperRow(
                      method,
                      paper.stream().filter(point -> point.method().equals(method)).toList()))
          .toList();
    }

    /** The lowest mean KL of a budget. */
    public OptionalDouble best(int budget) {
      return methods.stream()
          .flatMap(method -> method.at(budget).stream())
          .mapToDouble(Point::klLast)
          .min();
    }
  }

  /**
   * One method's curve.
   *
   * @param points by budget, ascending
   */
  public record Method(String method, List<Point> points) {
    public Method {
      points = List.copyOf(points);
    }

    public Optional<Point> at(int budget) {
      return points.stream().filter(point -> point.budget() == budget).findFirst();
    }
  }

  /**
   * Means over prompts.
   *
   * @param prompts that have a result
   * @param klLast in nats, at the last token
   * @param sd its standard deviation over prompts; absent below two prompts
   * @param low lower end of the 95 % interval of the mean, by the view's estimator
   * @param high its upper end
   * @param klAll in nats, over all tokens
   * @param predChanged share of prompts whose prediction changed
   */
  public record Point(
      int budget,
      long prompts,
      double klLast,
      OptionalDouble sd,
      OptionalDouble low,
      OptionalDouble high,
      double klAll,
      double predChanged,
      OptionalDouble faithfulness,
      OptionalDouble completeness) {
    /** A row of a table; absent where it has no results. */
    static Optional<Point> of(Row row) {
      return row.klLast().mean().isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Point(
                  row.budget(),
                  row.klLast().n(),
                  row.klLast().mean().getAsDouble(),
                  row.klLast().sd(),
                  row.klLast().low(),
                  row.klLast().high(),
                  row.klAll().mean().orElseThrow(),
                  row.predChanged().mean().orElseThrow(),
                  row.faithfulness().mean(),
                  row.completeness().mean()));
    }

    /** Half the width of the interval of {@code klLast}; 0 where it has none. */
    public double half() {
      return low.isPresent() && high.isPresent() ? (high.getAsDouble() - low.getAsDouble()) / 2 : 0;
    }
  }

  /** The circuits that one method and ranking chose, for a row of a table. */
  public record CircuitRow(String method, String ranking, List<HeldOut.Row> points) {
    public CircuitRow {
      points = List.copyOf(points);
    }

    /** The circuit of so many features. */
    public Optional<HeldOut.Row> at(int features) {
      return points.stream().filter(point -> point.budget() == features).findFirst();
    }
  }

  /** What the paper has of one method, for a row of a table. */
  public record PaperRow(String method, List<Reference> points) {
    public PaperRow {
      points = List.copyOf(points);
    }

    /** Its KL at a budget, or nothing. */
    public String at(int budget) {
      return points.stream()
          .filter(point -> point.budget() == budget)
          .findFirst()
          .map(point -> Numbers.figure(point.klLast()))
          .orElse("");
    }
  }
}
