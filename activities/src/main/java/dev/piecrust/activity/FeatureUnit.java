package dev.piecrust.activity;

import dev.piecrust.feature.FeatureId;

/** A unit of stages II and III: one feature of a campaign. */
public record FeatureUnit(String campaignId, FeatureId feature) {
  /** Names the unit within its stage; sorts by layer and index. */
  public String unit() {
    return "L%03d/%07d".formatted(feature.layer(), feature.index());
  }
}
