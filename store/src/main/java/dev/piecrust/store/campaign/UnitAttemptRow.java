package dev.piecrust.store.campaign;

import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

@Entity
@Table(name = "unit_attempt")
class UnitAttemptRow {
  @EmbeddedId UnitRecord.Key key;
  int begun;

  UnitAttemptRow() {}

  UnitAttemptRow(UnitRecord.Key key) {
    this.key = key;
  }
}
