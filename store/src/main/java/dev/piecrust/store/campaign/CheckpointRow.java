package dev.piecrust.store.campaign;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

@Entity
@Table(name = "checkpoint")
class CheckpointRow {
  @Id String checkpointKey;
  String sha256;
  long bytes;
  Instant createdAt;

  CheckpointRow() {}

  CheckpointRow(String checkpointKey, String sha256, long bytes, Instant createdAt) {
    this.checkpointKey = checkpointKey;
    this.sha256 = sha256;
    this.bytes = bytes;
    this.createdAt = createdAt;
  }
}
