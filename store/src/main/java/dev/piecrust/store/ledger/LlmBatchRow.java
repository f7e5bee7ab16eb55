package dev.piecrust.store.ledger;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "llm_batch")
class LlmBatchRow {
  @Id String id;
  String endpoint;

  @Enumerated(EnumType.STRING)
  @JdbcTypeCode(SqlTypes.VARCHAR)
  BatchState state;

  @Nullable String remoteId;
  long createdMs;
  long polledMs;

  LlmBatchRow() {}

  LlmBatchRow(String id, String endpoint, long createdMs) {
    this.id = id;
    this.endpoint = endpoint;
    this.state = BatchState.SUBMITTING;
    this.createdMs = createdMs;
  }
}
