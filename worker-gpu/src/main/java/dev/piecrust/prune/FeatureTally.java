package dev.piecrust.prune;

import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.FeatureStats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts and sums of every feature over prompts, under one method (docs/method.md §6). */
public final class FeatureTally {
  private static final int MOST_POSITIONS = 3;

  /** One feature's. */
  private static final class Entry {
    private final FeatureId feature;
    private final TreeMap<Integer, Integer> kept = new TreeMap<>(); // by budget
    private final TreeMap<Integer, Integer> positions = new TreeMap<>(); // kept at the largest
    private int prompts;
    private int lastPrompt = -1;
    private int seen;
    private double sum;
    private double absoluteSum;

    Entry(FeatureId feature) {
      this.feature = feature;
    }

    int kept(int budget) {
      return kept.getOrDefault(budget, 0);
    }
  }

  private static final Comparator<Entry> BY_SCORE =
      Comparator.comparingDouble((Entry e) -> -e.absoluteSum).thenComparing(e -> e.feature);

  private final Map<FeatureId, Entry> entries = new HashMap<>();
  private int prompts;

  /** Counts one prompt in. */
  public void add(Occurrences occurrences, Selection selection) {
    for (int i = 0; i < occurrences.size(); i++) {
      Entry entry = entry(occurrences, i);
      entry.prompts += entry.lastPrompt == prompts ? 0 : 1;
      entry.lastPrompt = prompts;
      entry.seen++;
      entry.sum += selection.scores()[i];
      entry.absoluteSum += Math.abs(selection.scores()[i]);
    }
    prompts++;
    selection
        .kept()
        .forEach(
            (budget, kept) -> {
              boolean largest = budget.equals(selection.kept().lastKey());
              for (int i : kept) {
                Entry entry = entry(occurrences, i);
                entry.kept.merge(budget, 1, Integer::sum);
                if (largest) {
                  entry.positions.merge(occurrences.position()[i], 1, Integer::sum);
                }
              }
            });
  }

  private Entry entry(Occurrences occurrences, int i) {
    return entries.computeIfAbsent(
        new FeatureId(occurrences.layer()[i], occurrences.feature()[i]), Entry::new);
  }

  /**
   * Features by how many of their occurrences are kept at a budget, most first; ties by {@link
   * #byScore}.
   */
  public List<FeatureId> byKeptCount(int budget) {
    return ranked(Comparator.comparingInt((Entry e) -> -e.kept(budget)).thenComparing(BY_SCORE));
  }

  /** Features by {@code Σ|score|} over all prompts and positions, most first; ties by feature. */
  public List<FeatureId> byScore() {
    return ranked(BY_SCORE);
  }

  private List<FeatureId> ranked(Comparator<Entry> order) {
    return entries.values().stream().sorted(order).map(e -> e.feature).toList();
  }

  /** What there is to say of every feature that is kept at least once, by feature. */
  public List<FeatureStats> stats(String task, String method) {
    List<FeatureStats> stats = new ArrayList<>();
    entries.values().stream()
        .filter(e -> !e.kept.isEmpty())
        .sorted(Comparator.comparing(e -> e.feature))
        .forEach(
            e ->
                stats.add(
                    new FeatureStats(
                        task,
                        method,
                        e.feature,
                        e.prompts,
                        e.seen,
                        e.kept,
                        e.absoluteSum / e.seen,
                        e.sum / e.seen,
                        mostFrequent(e.positions))));
    return stats;
  }

  private static List<Integer> mostFrequent(SortedMap<Integer, Integer> counts) {
    return counts.entrySet().stream()
        .sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
        .limit(MOST_POSITIONS)
        .map(Map.Entry::getKey)
        .toList();
  }
}
