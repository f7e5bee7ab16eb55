package dev.piecrust.store.ledger;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

@Entity
@Table(name = "llm_hit")
class LlmHitRow {
  @Embeddable
  record Key(
      String campaignId, String stage, int layer, int feature, String provider, String model) {}

  @EmbeddedId Key key;
  long hits;

  LlmHitRow() {}

  LlmHitRow(Key key) {
    this.key = key;
  }
}
