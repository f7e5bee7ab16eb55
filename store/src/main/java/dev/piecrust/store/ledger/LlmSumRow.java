package dev.piecrust.store.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.math.BigDecimal;

/** The calls of one stage of a campaign to one model, added up. */
@Entity
@Table(name = "llm_sum")
class LlmSumRow {
  @Embeddable
  record Key(String campaignId, String stage, String provider, String model)
      implements Serializable {}

  @EmbeddedId Key key;
  long openCalls;
  long settled;
  long released;
  long lost;
  long unreported;
  long unpriced;
  long hits;
  long inputTokens;
  long cachedInputTokens;
  long cacheWriteTokens;
  long outputTokens;
  long reasoningTokens;

  @Column(precision = 24, scale = 12)
  BigDecimal usd;

  @Column(precision = 24, scale = 12)
  BigDecimal unknownUsd;

  @Column(precision = 24, scale = 12)
  BigDecimal reservedUsd;

  LlmSumRow() {}

  LlmSumRow(Key key, CallParts parts) {
    this.key = key;
    this.openCalls = parts.open();
    this.settled = parts.settled();
    this.released = parts.released();
    this.lost = parts.lost();
    this.unreported = parts.unreported();
    this.unpriced = parts.unpriced();
    this.hits = parts.hits();
    this.inputTokens = parts.input();
    this.cachedInputTokens = parts.cachedInput();
    this.cacheWriteTokens = parts.cacheWrite();
    this.outputTokens = parts.output();
    this.reasoningTokens = parts.reasoning();
    this.usd = parts.usd();
    this.unknownUsd = parts.unknownUsd();
    this.reservedUsd = parts.reservedUsd();
  }
}
