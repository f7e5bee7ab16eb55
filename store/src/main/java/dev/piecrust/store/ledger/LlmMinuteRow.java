package dev.piecrust.store.ledger;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.math.BigDecimal;

@Entity
@Table(name = "llm_minute")
class LlmMinuteRow {
  @Embeddable
  record Key(String campaignId, long minuteNo) {}

  @EmbeddedId Key key;
  long requests;
  long tokens;
  BigDecimal usd;

  LlmMinuteRow() {}

  LlmMinuteRow(Key key, long tokens, BigDecimal usd) {
    this.key = key;
    this.requests = 1;
    this.tokens = tokens;
    this.usd = usd;
  }
}
