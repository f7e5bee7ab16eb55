package dev.piecrust.store;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.piecrust.feature.FadeMetric;
import dev.piecrust.feature.SelectedFeature;
import java.util.Map;
import java.util.Optional;

/**
 * A feature in a list.
 *
 * @param description absent where there is none
 * @param scores those that it has
 * @param key where the list goes on after it, see {@link FeatureLists}
 */
public record FeatureLine(
    SelectedFeature selected,
    Optional<String> description,
    Map<FadeMetric, Double> scores,
    @JsonIgnore ListKey key) {
  public FeatureLine {
    scores = Map.copyOf(scores);
  }
}
