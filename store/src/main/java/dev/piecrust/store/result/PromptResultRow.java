package dev.piecrust.store.result;

import dev.piecrust.feature.Fidelity;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "prompt_result")
class PromptResultRow {
  @EmbeddedId Key key;
  double klLast;
  double klAll;
  double predChanged;
  @Nullable Double faithfulness;
  @Nullable Double completeness;
  @Nullable Double metricClean;
  @Nullable Double metricEmpty;

  PromptResultRow() {}

  PromptResultRow(Key key, Fidelity fidelity) {
    this.key = key;
    this.klLast = fidelity.klLast();
    this.klAll = fidelity.klAll();
    this.predChanged = fidelity.predChanged();
    this.faithfulness = fidelity.faithfulness();
    this.completeness = fidelity.completeness();
    this.metricClean = fidelity.metricClean();
    this.metricEmpty = fidelity.metricEmpty();
  }

  @Embeddable
  record Key(String campaignId, String task, int prompt, String method, int budget)
      implements Serializable {}
}
