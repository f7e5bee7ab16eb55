package dev.piecrust.store.campaign;

import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;

/** The units of one stage of a campaign, added up. */
@Entity
@Table(name = "unit_sum")
class UnitSumRow {
  @EmbeddedId StageRow.Key key;
  long done;
  long failed;
  Instant updatedAt;

  UnitSumRow() {}

  UnitSumRow(StageRow.Key key, long done, long failed, Instant updatedAt) {
    this.key = key;
    this.done = done;
    this.failed = failed;
    this.updatedAt = updatedAt;
  }
}
