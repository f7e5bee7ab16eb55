package dev.piecrust.prune;

import dev.piecrust.feature.FeatureId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Where each feature occurs in one prompt. */
public final class FeatureOccurrences {
  private final Map<FeatureId, List<Integer>> places = new HashMap<>();

  /** Sorts one prompt's occurrences by feature. */
  public FeatureOccurrences(Occurrences occurrences) {
    for (int i = 0; i < occurrences.size(); i++) {
      FeatureId feature = new FeatureId(occurrences.layer()[i], occurrences.feature()[i]);
      places.computeIfAbsent(feature, f -> new ArrayList<>()).add(i);
    }
  }

  /** All occurrences of a feature, as ascending indices; none if it is not active here. */
  public int[] of(FeatureId feature) {
    return places.getOrDefault(feature, List.of()).stream().mapToInt(i -> i).toArray();
  }

  /** All occurrences of features, which is what a circuit keeps. */
  public int[] of(Collection<FeatureId> features) {
    return features.stream().flatMapToInt(f -> IntStream.of(of(f))).sorted().toArray();
  }
}
