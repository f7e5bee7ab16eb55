package dev.piecrust.store.ledger;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "llm_worker")
class LlmWorkerRow {
  @Id String id;
  long seenMs;

  LlmWorkerRow() {}

  LlmWorkerRow(String id) {
    this.id = id;
  }
}
