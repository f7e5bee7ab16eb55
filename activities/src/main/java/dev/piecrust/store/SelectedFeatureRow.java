package dev.piecrust.store;

import dev.piecrust.feature.SelectedFeature;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.List;

@Entity
@Table(name = "campaign_feature")
class SelectedFeatureRow {
  @EmbeddedId FeatureKey key;
  int ordinal;
  int kept;
  double meanAbsScore;
  String tasks;

  SelectedFeatureRow() {}

  SelectedFeatureRow(String campaignId, SelectedFeature feature) {
    this.key = FeatureKey.of(campaignId, feature.feature());
    this.ordinal = feature.ordinal();
    this.kept = feature.kept();
    this.meanAbsScore = feature.meanAbsScore();
    this.tasks = String.join("\n", feature.tasks());
  }

  SelectedFeature feature() {
    return new SelectedFeature(
        ordinal, key.id(), kept, meanAbsScore, List.of(tasks.split("\n", -1)));
  }
}
