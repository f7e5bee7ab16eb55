package dev.piecrust.store.result;

import dev.piecrust.campaign.Json;
import dev.piecrust.feature.CircuitOutcome;
import dev.piecrust.feature.Fidelity;
import dev.piecrust.feature.MetricCurves;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "circuit_result")
class CircuitResultRow {
  @EmbeddedId Key key;
  String promptShare;
  int kept;
  double klLast;
  double klAll;
  double predChanged;
  @Nullable Double faithfulness;
  @Nullable Double completeness;
  @Nullable Double metricClean;
  @Nullable Double metricEmpty;

  /** JSON of the curves. */
  @Nullable String curves;

  CircuitResultRow() {}

  CircuitResultRow(String campaignId, CircuitOutcome outcome) {
    this.key = Key.of(campaignId, outcome);
    this.promptShare = outcome.share();
    this.kept = outcome.kept();
    this.klLast = outcome.fidelity().klLast();
    this.klAll = outcome.fidelity().klAll();
    this.predChanged = outcome.fidelity().predChanged();
    this.faithfulness = outcome.fidelity().faithfulness();
    this.completeness = outcome.fidelity().completeness();
    this.metricClean = outcome.fidelity().metricClean();
    this.metricEmpty = outcome.fidelity().metricEmpty();
    this.curves = outcome.curves().map(Json::write).orElse(null);
  }

  CircuitOutcome outcome() {
    return new CircuitOutcome(
        key.task(),
        key.prompt(),
        promptShare,
        key.method(),
        key.ranking(),
        key.budget(),
        kept,
        new Fidelity(
            klLast, klAll, predChanged, faithfulness, completeness, metricClean, metricEmpty),
        Optional.ofNullable(curves)
            .map(
                json ->
                    Json.read(json, MetricCurves.class, "the curves of prompt " + key.prompt())));
  }

  @Embeddable
  record Key(String campaignId, String task, int prompt, String method, String ranking, int budget)
      implements Serializable {
    static Key of(String campaignId, CircuitOutcome outcome) {
      return new Key(
          campaignId,
          outcome.task(),
          outcome.index(),
          outcome.method(),
          outcome.ranking(),
          outcome.budget());
    }
  }
}
