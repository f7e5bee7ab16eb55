package dev.piecrust.feature;

import java.util.List;
import java.util.Optional;

/**
 * A feature that is explained.
 *
 * @param ordinal its place in the campaign's list, from 0; by what carries over best to other
 *     prompts
 * @param kept how many of its occurrences are kept, over all tasks
 * @param meanAbsScore mean {@code |score|} over its occurrences
 * @param tasks those that keep it
 * @param position where it is kept most often; absent where nobody counted
 */
public record SelectedFeature(
    int ordinal,
    FeatureId feature,
    int kept,
    double meanAbsScore,
    List<String> tasks,
    Optional<Integer> position) {
  public SelectedFeature {
    tasks = List.copyOf(tasks);
  }

  /** One whose positions nobody counted. */
  public SelectedFeature(
      int ordinal, FeatureId feature, int kept, double meanAbsScore, List<String> tasks) {
    this(ordinal, feature, kept, meanAbsScore, tasks, Optional.empty());
  }
}
