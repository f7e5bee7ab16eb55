package dev.piecrust.store.result;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;

/** A prompt that keeps a feature. */
@Entity
@Table(name = "kept_prompt")
class KeptPromptRow {
  @Embeddable
  record Key(String campaignId, int layer, int feature, String task, int prompt)
      implements Serializable {}

  @EmbeddedId Key key;
  int occurrences;
  int place;
  double strength;

  KeptPromptRow() {}

  KeptPromptRow(Key key, int occurrences, int place, double strength) {
    this.key = key;
    this.occurrences = occurrences;
    this.place = place;
    this.strength = strength;
  }
}
