package dev.piecrust.store.features;

import dev.piecrust.feature.FadeMetric;
import dev.piecrust.feature.FadeScore;
import dev.piecrust.feature.FeatureId;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "fade_score")
class FadeScoreRow {
  @EmbeddedId Key key;
  @Nullable Double score;
  int samples;

  @Enumerated(EnumType.STRING)
  FadeScore.@Nullable Kind kind;

  String reason;

  FadeScoreRow() {}

  FadeScoreRow(String campaignId, FeatureId feature, FadeMetric metric, FadeScore outcome) {
    this.key = new Key(campaignId, feature.layer(), feature.index(), metric);
    if (outcome instanceof FadeScore.Scored scored) {
      this.score = scored.value();
      this.samples = scored.samples();
      this.reason = "";
    } else {
      FadeScore.Unscored unscored = (FadeScore.Unscored) outcome;
      this.kind = unscored.kind();
      this.reason = unscored.reason();
    }
  }

  FadeScore outcome() {
    return score == null
        ? new FadeScore.Unscored(Objects.requireNonNull(kind), reason)
        : new FadeScore.Scored(score, samples);
  }

  @Embeddable
  record Key(
      String campaignId, int layer, int feature, @Enumerated(EnumType.STRING) FadeMetric metric)
      implements Serializable {}
}
