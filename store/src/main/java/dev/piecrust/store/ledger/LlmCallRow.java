package dev.piecrust.store.ledger;

import dev.piecrust.price.TokenUsage;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "llm_call")
class LlmCallRow {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Nullable Long id;

  String campaignId;
  String stage;
  int layer;
  int feature;
  String endpoint;
  String provider;
  String model;
  String cacheKey;

  @Enumerated(EnumType.STRING)
  @JdbcTypeCode(SqlTypes.VARCHAR)
  CallState state;

  boolean batched;

  @Column(precision = 24, scale = 12)
  @Nullable BigDecimal reservedUsd;

  @Column(precision = 24, scale = 12)
  @Nullable BigDecimal usd;

  @Nullable Long inputTokens;
  @Nullable Long cachedInputTokens;
  @Nullable Long cacheWriteTokens;
  @Nullable Long outputTokens;
  @Nullable Long reasoningTokens;
  String worker;
  Instant reservedAt;
  @Nullable Instant endedAt;
  String error;
  @Nullable String batchId;
  @Nullable String body;

  LlmCallRow() {}

  LlmCallRow(CallRequest wish, CallState state, Instant reservedAt) {
    this.campaignId = wish.campaignId();
    this.stage = wish.stage();
    this.layer = wish.feature().layer();
    this.feature = wish.feature().index();
    this.endpoint = wish.endpoint();
    this.provider = wish.provider();
    this.model = wish.model();
    this.cacheKey = wish.cacheKey();
    this.state = state;
    this.batched = wish.body().isPresent();
    this.reservedUsd = wish.worstCase().orElse(null);
    this.worker = wish.worker();
    this.reservedAt = reservedAt;
    this.error = "";
    this.body = wish.body().orElse(null);
  }

  /** Whether its worst case is set aside. */
  boolean open() {
    return state == CallState.RESERVED || state == CallState.QUEUED;
  }

  void used(TokenUsage usage) {
    inputTokens = usage.input();
    cachedInputTokens = usage.cachedInput();
    cacheWriteTokens = usage.cacheWrite();
    outputTokens = usage.output();
    reasoningTokens = usage.reasoning();
  }
}
