package dev.piecrust.feature;

import java.util.List;

/**
 * A feature that is explained.
 *
 * @param ordinal its place in the campaign's list, from 0; the most often kept first
 * @param kept how many of its occurrences are kept, over all tasks
 * @param meanAbsScore mean {@code |score|} over its occurrences
 * @param tasks those that keep it
 */
public record SelectedFeature(
    int ordinal, FeatureId feature, int kept, double meanAbsScore, List<String> tasks) {
  public SelectedFeature {
    tasks = List.copyOf(tasks);
  }
}
