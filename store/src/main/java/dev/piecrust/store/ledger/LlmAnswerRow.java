package dev.piecrust.store.ledger;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "llm_answer")
class LlmAnswerRow {
  @Id String cacheKey;
  long callId;
  boolean answered;
  String answer;
  boolean truncated;

  LlmAnswerRow() {}

  LlmAnswerRow(String cacheKey) {
    this.cacheKey = cacheKey;
    this.answer = "";
  }
}
