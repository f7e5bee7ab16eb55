package dev.piecrust.store.result;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;

@Entity
@Table(name = "prompt_failure")
class PromptFailureRow {
  @EmbeddedId Key key;
  String reason;
  Instant failedAt;

  PromptFailureRow() {}

  PromptFailureRow(Key key, String reason, Instant failedAt) {
    this.key = key;
    this.reason = reason;
    this.failedAt = failedAt;
  }

  @Embeddable
  record Key(String campaignId, String task, int prompt) implements Serializable {}
}
