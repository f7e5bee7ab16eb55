package dev.piecrust.store.ledger;

import dev.piecrust.store.campaign.Events;
import jakarta.persistence.EntityManager;
import java.math.BigDecimal;

/** Says once a campaign that calls count at their worst case, because their usage is not known. */
final class UnknownUsage {
  static final String KIND = "usage";

  private UnknownUsage() {}

  /** Its first such call that costs anything is an event. The account is locked. */
  static void tell(EntityManager em, LlmCallRow call) {
    BigDecimal worst = call.reservedUsd;
    if (call.error.isEmpty() || worst == null || worst.signum() == 0) {
      return;
    }
    if (!Events.any(em, call.campaignId, KIND)) {
      Events.add(
          em,
          call.campaignId,
          KIND,
          "call %d to %s's model %s counts at the most that it can cost, %s USD, as do all others of this kind: %s"
              .formatted(call.id, call.provider, call.model, Accounts.plain(worst), call.error),
          "piecrust");
    }
  }
}
