package dev.piecrust.store.features;

import dev.piecrust.feature.FeatureId;
import jakarta.persistence.Embeddable;
import java.io.Serializable;

/** One feature of one campaign. */
@Embeddable
record FeatureKey(String campaignId, int layer, int feature) implements Serializable {
  static FeatureKey of(String campaignId, FeatureId feature) {
    return new FeatureKey(campaignId, feature.layer(), feature.index());
  }

  FeatureId id() {
    return new FeatureId(layer, feature);
  }
}
