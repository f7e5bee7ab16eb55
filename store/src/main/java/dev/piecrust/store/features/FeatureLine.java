package dev.piecrust.store.features;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.piecrust.feature.FadeMetric;
import dev.piecrust.feature.SelectedFeature;
import dev.piecrust.store.database.ListKey;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A feature in a list.
 *
 * @param description absent where there is none
 * @param scores those that it has, in the order of metrics
 * @param key where the list goes on after it, see {@link FeatureLists}
 */
public record FeatureLine(
    SelectedFeature selected,
    Optional<String> description,
    Map<FadeMetric, Double> scores,
    @JsonIgnore ListKey key) {
  public FeatureLine {
    scores = Collections.unmodifiableMap(new TreeMap<>(scores));
  }
}
