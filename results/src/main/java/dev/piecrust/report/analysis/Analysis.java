package dev.piecrust.report.analysis;

import java.util.List;
import java.util.Map;

/**
 * What the measures of a task say beyond its means (docs/method.md §6). The same measures give the
 * same analysis.
 *
 * @param effective every method at each budget against every other
 * @param compressions every method at each budget against chance; none without {@code random}
 * @param comparisons every pair of methods at each budget, once
 * @param overlaps likewise
 */
public record Analysis(
    List<EffectiveBudget> effective,
    List<Compression> compressions,
    List<Comparison> comparisons,
    List<Overlap> overlaps,
    HeldOut heldOut) {
  public Analysis {
    effective = List.copyOf(effective);
    compressions = List.copyOf(compressions);
    comparisons = List.copyOf(comparisons);
    overlaps = List.copyOf(overlaps);
  }

  /**
   * All of it.
   *
   * @param methods in the order of the tables
   * @param budgets of the spec
   * @param kept what the prompts keep
   */
  public static Analysis of(
      Measures measures,
      List<String> methods,
      List<Integer> budgets,
      KeptSets kept,
      HeldOut heldOut) {
    Curves curves = Curves.of(measures, methods, kept.occurrences(), Resampling.standard());
    return new Analysis(
        EffectiveBudgets.of(curves, budgets),
        Compressions.of(measures, methods, budgets, kept.occurrences()),
        PairedBootstrap.of(curves, budgets),
        kept.overlaps(),
        heldOut);
  }

  /** Circuits alone: methods are not compared. */
  public static Analysis without(HeldOut heldOut) {
    return new Analysis(List.of(), List.of(), List.of(), List.of(), heldOut);
  }

  /**
   * What single prompts keep.
   *
   * @param overlaps between methods
   * @param occurrences how many occurrences each prompt has in all, by its index; budgets above
   *     that keep no more
   */
  public record KeptSets(List<Overlap> overlaps, Map<Integer, Integer> occurrences) {
    public KeptSets {
      overlaps = List.copyOf(overlaps);
      occurrences = Map.copyOf(occurrences);
    }
  }
}
