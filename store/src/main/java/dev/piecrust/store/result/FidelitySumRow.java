package dev.piecrust.store.result;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

@Entity
@Table(name = "fidelity_sum")
class FidelitySumRow {
  @Embeddable
  record Key(String campaignId, String task, String method, int budget) {}

  @EmbeddedId Key key;
  long prompts;
  double klLast;
  double klLastSq;
  double klAll;
  double predChanged;
  long faithful;
  double faithfulness;
  double faithfulnessSq;
  long complete;
  double completeness;
  double completenessSq;

  FidelitySumRow() {}

  FidelitySumRow(Key key) {
    this.key = key;
  }
}
