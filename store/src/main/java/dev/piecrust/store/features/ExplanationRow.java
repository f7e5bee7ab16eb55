package dev.piecrust.store.features;

import dev.piecrust.feature.Explanation;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "explanation")
class ExplanationRow {
  @EmbeddedId FeatureKey key;
  String provider;
  String model;
  boolean baseline;
  @Nullable String description;
  String reason;

  ExplanationRow() {}

  ExplanationRow(String campaignId, Explanation explanation) {
    this.key = FeatureKey.of(campaignId, explanation.feature());
    this.provider = explanation.provider();
    this.model = explanation.model();
    this.baseline = explanation.baseline();
    this.description = explanation.description().orElse(null);
    this.reason = explanation.reason();
  }

  Explanation explanation() {
    return new Explanation(
        key.id(), provider, model, baseline, Optional.ofNullable(description), reason);
  }
}
