package dev.piecrust.store.features;

import dev.piecrust.feature.SelectedFeature;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "campaign_feature")
class SelectedFeatureRow {
  /** Stands for a number that is not there, below all that are. */
  static final int MISSING = -1;

  @EmbeddedId FeatureKey key;
  int ordinal;
  int kept;
  double meanAbsScore;
  String tasks;

  /** Where it is kept most often; {@value #MISSING} where nobody counted. */
  int place;

  @Nullable String description;

  /** How the description begins, in lower case, to sort by; empty for none. */
  String title = "";

  double clarity = MISSING;
  double responsiveness = MISSING;
  double purity = MISSING;
  double faithfulness = MISSING;

  SelectedFeatureRow() {}

  SelectedFeatureRow(String campaignId, SelectedFeature feature) {
    this.key = FeatureKey.of(campaignId, feature.feature());
    this.ordinal = feature.ordinal();
    this.kept = feature.kept();
    this.meanAbsScore = feature.meanAbsScore();
    this.tasks = String.join("\n", feature.tasks());
    this.place = feature.position().orElse(MISSING);
  }

  SelectedFeature feature() {
    return new SelectedFeature(
        ordinal,
        key.id(),
        kept,
        meanAbsScore,
        List.of(tasks.split("\n", -1)),
        place == MISSING ? Optional.empty() : Optional.of(place));
  }
}
