package dev.piecrust.store.rate;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

@Entity
@Table(name = "llm_grant")
class LlmGrantRow {
  @Embeddable
  record Key(String endpoint, long quarter) {}

  @EmbeddedId Key key;
  long requests;
  long tokens;

  LlmGrantRow() {}

  LlmGrantRow(Key key) {
    this.key = key;
  }
}
