package dev.piecrust.store.ledger;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "llm_lease")
class LlmLeaseRow {
  @Id String name;
  String holder;
  long untilMs;

  LlmLeaseRow() {}

  LlmLeaseRow(String name) {
    this.name = name;
    this.holder = "";
  }
}
