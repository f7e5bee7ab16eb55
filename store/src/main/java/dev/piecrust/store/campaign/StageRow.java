package dev.piecrust.store.campaign;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;

@Entity
@Table(name = "campaign_stage")
class StageRow {
  @EmbeddedId Key key;
  int prompts;
  Instant openedAt;

  StageRow() {}

  StageRow(Key key, int prompts, Instant openedAt) {
    this.key = key;
    this.prompts = prompts;
    this.openedAt = openedAt;
  }

  @Embeddable
  record Key(String campaignId, String stage) implements Serializable {}
}
