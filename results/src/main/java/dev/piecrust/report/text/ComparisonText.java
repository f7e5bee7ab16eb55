package dev.piecrust.report.text;

import dev.piecrust.report.analysis.Comparison;
import dev.piecrust.report.analysis.EffectiveBudget;
import dev.piecrust.report.table.ResultTable.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every method beside the best at one budget: differences, effective budgets, compression. */
final class ComparisonText {
  static final List<String> HEADER =
      List.of(
          "method",
          "changed",
          "faithful",
          "complete",
          "KL above",
          "95 % interval",
          "same KL at K",
          "× random");

  private ComparisonText() {}

  static List<String> of(Focus focus) {
    List<String> lines = new ArrayList<>();
    lines.add(caption(focus) + ":");
    List<List<String>> cells = new ArrayList<>(List.of(HEADER));
    cells.addAll(rows(focus));
    lines.addAll(AlignedText.of(cells));
    lines.add(
        "same KL at K: where the method reaches the KL of %s at %d; × random: how many times as"
            .formatted(focus.best().method(), focus.budget()));
    lines.add(
        "many occurrences chance needs; ≥: on some prompts, or on all, only everything is enough;");
    lines.add("≤: on some its smallest budget is more than enough.");
    return lines;
  }

  /** What is compared, without a full stop. */
  static String caption(Focus focus) {
    return "In-sample at K=%d, beside the best there, %s (paired bootstrap over %d prompts)"
        .formatted(focus.budget(), focus.best().method(), focus.best().klLast().n());
  }

  /** A row for each method, the best first. */
  static List<List<String>> rows(Focus focus) {
    return focus.ranked().stream().map(row -> cells(focus, row)).toList();
  }

  private static List<String> cells(Focus focus, Row row) {
    String best = focus.best().method();
    Optional<Comparison> difference = difference(focus, row.method());
    return List.of(
        row.method(),
        Figures.share(row.predChanged().mean()),
        Figures.of(row.faithfulness().mean()),
        Figures.of(row.completeness().mean()),
        difference.map(d -> Figures.of(d.difference())).orElse(Figures.MISSING),
        difference.map(d -> Figures.interval(d.low(), d.high())).orElse(Figures.MISSING),
        row.method().equals(best)
            ? Integer.toString(focus.budget())
            : focus
                .effective(best, row.method())
                .map(ComparisonText::range)
                .orElse(Figures.MISSING),
        focus
            .compression(row.method(), focus.budget())
            .map(compression -> compression.sign() + Figures.of(compression.times().mean()))
            .orElse(Figures.MISSING));
  }

  /** How far the method's KL is above that of the best. */
  static Optional<Comparison> difference(Focus focus, String method) {
    String best = focus.best().method();
    return focus.task().analysis().comparisons().stream()
        .filter(c -> c.budget() == focus.budget())
        .map(c -> c.other().equals(method) ? c.reversed() : c)
        .filter(c -> c.method().equals(method) && c.other().equals(best))
        .findFirst();
  }

  /** The budget, with its interval where it has one. */
  static String range(EffectiveBudget effective) {
    String at = Figures.count(effective.at());
    return effective.low().isPresent() && effective.high().isPresent()
        ? at + " (" + ends(effective) + ")"
        : at;
  }

  private static String ends(EffectiveBudget effective) {
    return effective.low().map(Figures::count).orElse(Figures.MISSING)
        + "–"
        + effective.high().map(Figures::count).orElse(Figures.MISSING);
  }
}
