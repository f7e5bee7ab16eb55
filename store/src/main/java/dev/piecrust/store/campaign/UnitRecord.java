package dev.piecrust.store.campaign;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "work_unit")
class UnitRecord {
  @EmbeddedId Key key;
  boolean parked;
  int done;
  int failed;
  @Nullable String sha256;
  @Nullable Long bytes;
  @Nullable String reason;
  Instant endedAt;

  UnitRecord() {}

  UnitRecord(Key key, Instant endedAt) {
    this.key = key;
    this.endedAt = endedAt;
  }

  @Embeddable
  record Key(String campaignId, String stage, String unit) implements Serializable {}
}
