package dev.piecrust.report.analysis;

import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.KeptOccurrence;
import dev.piecrust.feature.PromptOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts overlaps of kept sets of one task, prompt by prompt, so that it never holds them all. */
public final class OverlapCounter {
  private record Pair(String method, String other, int budget) {}

  private record Cell(String method, int budget) {}

  private record Place(FeatureId feature, int position) {}

  private static final class Sum {
    private double total;
    private int prompts;
  }

  private final List<String> methods;
  private final List<Integer> budgets;
  private final Map<Pair, Sum> occurrences = new HashMap<>();
  private final Map<Cell, Set<FeatureId>> features = new HashMap<>();

  public OverlapCounter(List<String> methods, List<Integer> budgets) {
    this.methods = methods;
    this.budgets = budgets;
  }

  /**
   * @param outcomes of one prompt, one for each method
   */
  public void add(Collection<PromptOutcome> outcomes) {
    for (int budget : budgets) {
      Map<String, Set<Place>> kept = new HashMap<>();
      for (PromptOutcome outcome : outcomes) {
        List<KeptOccurrence> set = outcome.kept().get(budget);
        if (set != null) {
          kept.put(outcome.method(), places(set));
          features
              .computeIfAbsent(new Cell(outcome.method(), budget), c -> new HashSet<>())
              .addAll(set.stream().map(KeptOccurrence::id).toList());
        }
      }
      for (Pair pair : pairs(budget)) {
        Set<Place> ours = kept.get(pair.method());
        Set<Place> theirs = kept.get(pair.other());
        if (ours != null && theirs != null) {
          Sum sum = occurrences.computeIfAbsent(pair, p -> new Sum());
          sum.total += jaccard(ours, theirs);
          sum.prompts++;
        }
      }
    }
  }

  /** By budget and then by method, in the order of the methods. */
  public List<Overlap> overlaps() {
    List<Overlap> overlaps = new ArrayList<>();
    for (int budget : budgets) {
      for (Pair pair : pairs(budget)) {
        Sum sum = occurrences.get(pair);
        if (sum != null) {
          overlaps.add(
              new Overlap(
                  pair.method(),
                  pair.other(),
                  budget,
                  sum.prompts,
                  sum.total / sum.prompts,
                  jaccard(features(pair.method(), budget), features(pair.other(), budget))));
        }
      }
    }
    return overlaps;
  }

  private Set<FeatureId> features(String method, int budget) {
    return features.getOrDefault(new Cell(method, budget), Set.of());
  }

  private List<Pair> pairs(int budget) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < methods.size(); i++) {
      for (int j = i + 1; j < methods.size(); j++) {
        pairs.add(new Pair(methods.get(i), methods.get(j), budget));
      }
    }
    return pairs;
  }

  private static Set<Place> places(List<KeptOccurrence> kept) {
    Set<Place> places = new HashSet<>();
    kept.forEach(k -> places.add(new Place(k.id(), k.position())));
    return places;
  }

  /** Two empty sets are the same set. */
  private static <T> double jaccard(Set<T> one, Set<T> other) {
    long common = one.stream().filter(other::contains).count();
    long all = one.size() + other.size() - common;
    return all == 0 ? 1 : (double) common / all;
  }
}
