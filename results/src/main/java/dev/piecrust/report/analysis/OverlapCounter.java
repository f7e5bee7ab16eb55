package dev.piecrust.report.analysis;

import dev.piecrust.feature.KeptOccurrence;
import dev.piecrust.feature.PromptOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts overlaps of kept sets of one task, prompt by prompt, so that it never holds them all. */
public final class OverlapCounter {
  private record Pair(String method, String other, int budget) {}

  private record Cell(String method, int budget) {}

  private static final class Sum {
    private double total;
    private int prompts;
  }

  private final List<String> methods;
  private final List<Integer> budgets;
  private final Map<Pair, Sum> occurrences = new HashMap<>();
  private final Map<Cell, FeatureBits> features = new HashMap<>();

  public OverlapCounter(List<String> methods, List<Integer> budgets) {
    this.methods = methods;
    this.budgets = budgets;
  }

  /**
   * @param outcomes of one prompt, one for each method
   */
  public void add(Collection<PromptOutcome> outcomes) {
    for (int budget : budgets) {
      Map<String, long[]> places = new HashMap<>();
      for (PromptOutcome outcome : outcomes) {
        List<KeptOccurrence> set = outcome.kept().get(budget);
        if (set != null) {
          places.put(outcome.method(), places(set));
          FeatureBits bits =
              features.computeIfAbsent(new Cell(outcome.method(), budget), c -> new FeatureBits());
          set.forEach(kept -> bits.add(kept.layer(), kept.feature()));
        }
      }
      for (Pair pair : pairs(budget)) {
        long[] ours = places.get(pair.method());
        long[] theirs = places.get(pair.other());
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

  private FeatureBits features(String method, int budget) {
    return features.getOrDefault(new Cell(method, budget), new FeatureBits());
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

  /** The occurrences as numbers, ascending: layer, position and feature, 8, 24 and 32 bits. */
  private static long[] places(List<KeptOccurrence> kept) {
    return kept.stream()
        .mapToLong(k -> ((long) k.layer() << 56) | ((long) k.position() << 32) | k.feature())
        .sorted()
        .toArray();
  }

  private static double jaccard(long[] one, long[] other) {
    int common = 0;
    int o = 0;
    for (long place : one) {
      while (o < other.length && other[o] < place) {
        o++;
      }
      if (o < other.length && other[o] == place) {
        common++;
        o++;
      }
    }
    return share(common, one.length + other.length - common);
  }

  private static double jaccard(FeatureBits one, FeatureBits other) {
    long common = one.inCommonWith(other);
    return share(common, one.size() + other.size() - common);
  }

  /** Two empty sets are the same set. */
  private static double share(long common, long all) {
    return all == 0 ? 1 : (double) common / all;
  }
}
