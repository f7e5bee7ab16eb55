package dev.piecrust.store.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "llm_account")
class LlmAccountRow {
  @Id String campaignId;

  @Column(precision = 24, scale = 12)
  @Nullable BigDecimal capUsd;

  @Column(precision = 24, scale = 12)
  BigDecimal spentUsd;

  @Column(precision = 24, scale = 12)
  BigDecimal reservedUsd;

  @Column(precision = 24, scale = 12)
  BigDecimal unknownUsd;

  LlmAccountRow() {}

  LlmAccountRow(String campaignId, @Nullable BigDecimal capUsd) {
    this.campaignId = campaignId;
    this.capUsd = capUsd;
    this.spentUsd = BigDecimal.ZERO;
    this.reservedUsd = BigDecimal.ZERO;
    this.unknownUsd = BigDecimal.ZERO;
  }

  /** All that is spent, may have been spent, or is set aside. */
  BigDecimal committed() {
    return spentUsd.add(reservedUsd).add(unknownUsd);
  }
}
