package dev.piecrust.report.analysis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The curves of all methods of a task over the same prompts, and over the same resamples. */
final class Curves {
  private final int prompts;
  private final List<Curve> curves;

  private record Cell(String method, int budget) {}

  private Curves(int prompts, List<Curve> curves) {
    this.prompts = prompts;
    this.curves = List.copyOf(curves);
  }

  /**
   * @param methods in the order of the tables; those without results are left out
   * @param occurrences how many occurrences each prompt has, as far as that is known
   */
  static Curves of(
      Measures measures,
      List<String> methods,
      Map<Integer, Integer> occurrences,
      Resampling resampling) {
    List<Integer> prompts = List.copyOf(measures.commonPrompts());
    List<Cell> cells = new ArrayList<>();
    List<double[]> series = new ArrayList<>(); // [cells, N]
    for (String method : methods) {
      for (int budget : measures.budgets(method)) {
        double[] values = measures.values(method, budget, prompts);
        if (values.length == prompts.size() && values.length > 0) {
          cells.add(new Cell(method, budget));
          series.add(values);
        }
      }
    }
    double[][] resampled = resampling.means(series); // [cells, R]
    Map<String, TreeMap<Integer, Curve.Point>> points = new TreeMap<>();
    for (int c = 0; c < series.size(); c++) {
      Cell cell = cells.get(c);
      double kept = kept(cell.budget(), prompts, occurrences);
      points
          .computeIfAbsent(cell.method(), m -> new TreeMap<>())
          .put(
              cell.budget(),
              new Curve.Point(
                  kept,
                  everything(cell.budget(), prompts, occurrences),
                  Statistics.mean(series.get(c)),
                  resampled[c]));
    }
    List<Curve> curves =
        methods.stream()
            .filter(points::containsKey)
            .map(m -> new Curve(m, points.getOrDefault(m, new TreeMap<>())))
            .toList();
    return new Curves(prompts.size(), curves);
  }

  int prompts() {
    return prompts;
  }

  List<Curve> all() {
    return curves;
  }

  Optional<Curve> of(String method) {
    return curves.stream().filter(curve -> curve.method().equals(method)).findFirst();
  }

  private static boolean everything(
      int budget, Collection<Integer> prompts, Map<Integer, Integer> occurrences) {
    return prompts.stream()
        .allMatch(prompt -> budget >= occurrences.getOrDefault(prompt, Integer.MAX_VALUE));
  }

  private static double kept(
      int budget, Collection<Integer> prompts, Map<Integer, Integer> occurrences) {
    return prompts.stream()
        .mapToInt(prompt -> Math.min(budget, occurrences.getOrDefault(prompt, budget)))
        .average()
        .orElse(budget);
  }
}
