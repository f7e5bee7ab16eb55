package dev.piecrust.store.rate;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

@Entity
@Table(name = "llm_share")
class LlmShareRow {
  @Embeddable
  record Key(String endpoint, String campaignId) {}

  @EmbeddedId Key key;
  double usedMs;
  long waitingMs;

  LlmShareRow() {}

  LlmShareRow(Key key) {
    this.key = key;
  }
}
