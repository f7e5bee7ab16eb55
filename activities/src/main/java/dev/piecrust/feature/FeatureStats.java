package dev.piecrust.feature;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One feature under one method over all prompts of a task (docs/method.md §6); only features that
 * the method keeps at least once have one.
 *
 * @param method name of the method; random methods count their first seed
 * @param prompts prompts in which the feature occurs
 * @param seen its occurrences, over all prompts and positions
 * @param kept by budget: how many of its occurrences are kept
 * @param meanAbsScore mean {@code |score|} over its occurrences
 * @param meanScore mean score over its occurrences
 * @param positions where it is kept most often at the largest budget, at most three, most frequent
 *     first
 */
public record FeatureStats(
    String task,
    String method,
    FeatureId feature,
    int prompts,
    int seen,
    SortedMap<Integer, Integer> kept,
    double meanAbsScore,
    double meanScore,
    List<Integer> positions) {
  public FeatureStats {
    kept = Collections.unmodifiableSortedMap(new TreeMap<>(kept));
    positions = List.copyOf(positions);
  }
}
