package dev.piecrust.report.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Reads compressions off the curves of {@code random} on single prompts. */
final class Compressions {
  private static final String RANDOM = "random";

  /**
   * {@code random} on one prompt, where it leaves something out.
   *
   * @param kept budgets, ascending, [B]
   * @param kl at each of them, in nats, [B]
   * @param all how many occurrences the prompt has
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Chance(double[] kept, double[] kl, double all) {
    /** The budget that it needs; infinite past either end. */
    double needed(double wanted) {
      return kept.length == 0 ? Double.POSITIVE_INFINITY : EffectiveBudgets.read(kept, kl, wanted);
    }
  }

  private final Measures measures;
  private final List<Integer> prompts;
  private final List<Chance> chances = new ArrayList<>();

  private Compressions(Measures measures, Map<Integer, Integer> occurrences) {
    this.measures = measures;
    this.prompts = List.copyOf(measures.commonPrompts());
    List<Integer> budgets = List.copyOf(measures.budgets(RANDOM));
    List<double[]> values =
        budgets.stream().map(budget -> measures.values(RANDOM, budget, prompts)).toList();
    for (int i = 0; i < prompts.size(); i++) {
      int at = i;
      int last = budgets.isEmpty() ? 0 : budgets.get(budgets.size() - 1);
      int all = occurrences.getOrDefault(prompts.get(i), last);
      List<Integer> leaving =
          budgets.stream()
              .filter(budget -> budget < all)
              .filter(budget -> values.get(budgets.indexOf(budget)).length == prompts.size())
              .toList();
      chances.add(
          new Chance(
              leaving.stream().mapToDouble(budget -> budget).toArray(),
              leaving.stream()
                  .mapToDouble(budget -> values.get(budgets.indexOf(budget))[at])
                  .toArray(),
              all));
    }
  }

  /**
   * Those of all methods at all budgets; none without {@code random}.
   *
   * @param methods in the order of the tables
   * @param budgets of the spec
   * @param occurrences how many each prompt has; where that is unknown, as many as the largest
   *     budget at which {@code random} was measured
   */
  static List<Compression> of(
      Measures measures,
      List<String> methods,
      List<Integer> budgets,
      Map<Integer, Integer> occurrences) {
    List<Compression> found = new ArrayList<>();
    if (measures.budgets(RANDOM).isEmpty()) {
      return found;
    }
    Compressions compressions = new Compressions(measures, occurrences);
    for (String method : methods) {
      for (int budget : budgets) {
        if (!method.equals(RANDOM) && !measures.budgets(method).isEmpty()) {
          compressions.add(method, budget, found);
        }
      }
    }
    return found;
  }

  private void add(String method, int budget, List<Compression> found) {
    double[] wanted = measures.values(method, budget, prompts);
    if (wanted.length != prompts.size()) {
      return;
    }
    List<OptionalDouble> times = new ArrayList<>();
    int everything = 0;
    int below = 0;
    for (int i = 0; i < wanted.length; i++) {
      Chance chance = chances.get(i);
      if (chance.all() > budget) {
        double needed = chance.needed(wanted[i]);
        everything += needed == Double.POSITIVE_INFINITY ? 1 : 0;
        below += needed == Double.NEGATIVE_INFINITY ? 1 : 0;
        double counted = Math.min(chance.all(), needed);
        times.add(OptionalDouble.of((counted > 0 ? counted : chance.kept()[0]) / budget));
      }
    }
    if (!times.isEmpty()) {
      found.add(
          new Compression(
              method,
              budget,
              times.size(),
              everything,
              below,
              Statistics.standard().estimate(times)));
    }
  }
}
