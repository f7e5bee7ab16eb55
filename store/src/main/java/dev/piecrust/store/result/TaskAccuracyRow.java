package dev.piecrust.store.result;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;

@Entity
@Table(name = "task_accuracy")
class TaskAccuracyRow {
  @EmbeddedId Key key;
  int prompts;
  int solved;
  boolean solvedOnly;

  TaskAccuracyRow() {}

  TaskAccuracyRow(Key key) {
    this.key = key;
  }

  @Embeddable
  record Key(String campaignId, String task) implements Serializable {}
}
