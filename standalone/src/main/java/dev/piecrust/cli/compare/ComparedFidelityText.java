package dev.piecrust.cli.compare;

import dev.piecrust.report.analysis.Estimate;
import dev.piecrust.report.analysis.HeldOut;
import dev.piecrust.view.Numbers;
import dev.piecrust.view.compare.Comparing.Circuits;
import dev.piecrust.view.compare.Comparing.Curve;
import dev.piecrust.view.compare.Comparing.TaskCurves;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** How well campaigns keep the behaviour on one task, by method and budget, in columns. */
record ComparedFidelityText(CampaignLetters letters, String task) {
  /** What a row is about. */
  private record Circuit(String method, String ranking, int budget) {
    static Circuit of(HeldOut.Row row) {
      return new Circuit(row.method(), row.ranking(), row.budget());
    }
  }

  /** Means on single prompts' own answers, and how they differ from the first campaign's. */
  List<List<String>> perPrompt(TaskCurves curves) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(letters.titlesWithDifferences(List.of("method", "K")));
    for (String method : curves.curves().stream().map(Curve::method).distinct().toList()) {
      TreeSet<Integer> budgets = new TreeSet<>();
      curves.curves().stream()
          .filter(curve -> curve.method().equals(method))
          .forEach(curve -> curve.points().forEach(point -> budgets.add(point.budget())));
      budgets.forEach(budget -> rows.add(row(curves, method, budget)));
    }
    return rows;
  }

  private List<String> row(TaskCurves curves, String method, int budget) {
    List<String> row = new ArrayList<>(List.of(method, Integer.toString(budget)));
    for (String id : letters.ids()) {
      row.add(
          curves.curves().stream()
              .filter(curve -> curve.campaign().equals(id) && curve.method().equals(method))
              .flatMap(curve -> curve.points().stream())
              .filter(point -> point.budget() == budget)
              .findFirst()
              .map(point -> mean(point.klLast()))
              .orElse(Numbers.MISSING));
    }
    for (String id : letters.others()) {
      row.add(
          curves.differences().stream()
              .filter(d -> d.campaign().equals(id) && d.method().equals(method))
              .filter(d -> d.budget() == budget)
              .findFirst()
              .map(d -> difference(d.klLast()))
              .orElse(Numbers.MISSING));
    }
    return row;
  }

  /** Means of circuits on the prompts that each campaign held out. */
  List<List<String>> heldOut(List<Circuits> all) {
    List<Circuits> ours = all.stream().filter(one -> one.task().equals(task)).toList();
    List<List<String>> rows = new ArrayList<>();
    rows.add(letters.titles(List.of("circuit", "N")));
    rows(ours)
        .map(Circuit::of)
        .distinct()
        .sorted(
            Comparator.comparing(Circuit::method)
                .thenComparing(Circuit::ranking)
                .thenComparingInt(Circuit::budget))
        .forEach(
            circuit -> {
              List<String> row =
                  new ArrayList<>(
                      List.of(
                          circuit.method() + " by " + circuit.ranking(),
                          Integer.toString(circuit.budget())));
              for (String id : letters.ids()) {
                row.add(
                    rows(ours.stream().filter(one -> one.campaign().equals(id)).toList())
                        .filter(found -> Circuit.of(found).equals(circuit))
                        .findFirst()
                        .map(found -> mean(found.klLast()))
                        .orElse(Numbers.MISSING));
              }
              rows.add(row);
            });
    return rows;
  }

  private static Stream<HeldOut.Row> rows(List<Circuits> circuits) {
    return circuits.stream().flatMap(one -> one.heldOut().rows().stream());
  }

  static String mean(Estimate estimate) {
    return words(estimate, "");
  }

  /** The same with a star where the interval leaves zero out. */
  static String difference(Estimate difference) {
    return words(difference, difference.excludesZero() ? "*" : "");
  }

  private static String words(Estimate estimate, String mark) {
    if (estimate.mean().isEmpty()) {
      return Numbers.MISSING;
    }
    String words = Numbers.figure(estimate.mean().getAsDouble()) + mark;
    return estimate.halfWidth().isPresent()
        ? words + " ±" + Numbers.figure(estimate.halfWidth().getAsDouble())
        : words;
  }
}
