package dev.piecrust.store.ledger;

import dev.piecrust.store.database.Moments;
import java.math.BigDecimal;

/** How the end of a call moves money within its account, which the caller has locked. */
final class Settlements {
  private Settlements() {}

  /**
   * Answered. Where its usage is not known its worst case counts, as unknown. A call that was given
   * up as lost may be settled late.
   */
  static void settle(LlmAccountRow account, LlmCallRow call, Settled outcome) {
    takeBack(account, call);
    call.state = CallState.SETTLED;
    outcome.usage().ifPresent(call::used);
    call.usd = call.reservedUsd == null ? null : outcome.usd().orElse(null);
    if (call.usd != null) {
      account.spentUsd = account.spentUsd.add(call.usd);
    } else {
      account.unknownUsd = account.unknownUsd.add(worstCase(call));
    }
    end(call, outcome.doubt());
  }

  /** Not charged. */
  static void release(LlmAccountRow account, LlmCallRow call, String reason) {
    takeBack(account, call);
    call.state = CallState.RELEASED;
    call.usd = BigDecimal.ZERO;
    end(call, reason);
  }

  /** Perhaps charged: its worst case counts, as unknown. */
  static void lose(LlmAccountRow account, LlmCallRow call, String reason) {
    takeBack(account, call);
    call.state = CallState.LOST;
    account.unknownUsd = account.unknownUsd.add(worstCase(call));
    end(call, reason);
  }

  private static void takeBack(LlmAccountRow account, LlmCallRow call) {
    if (call.open()) {
      account.reservedUsd = account.reservedUsd.subtract(worstCase(call));
    } else {
      account.unknownUsd = account.unknownUsd.subtract(worstCase(call));
    }
  }

  private static BigDecimal worstCase(LlmCallRow call) {
    return call.reservedUsd == null ? BigDecimal.ZERO : call.reservedUsd;
  }

  private static void end(LlmCallRow call, String reason) {
    call.endedAt = Moments.now();
    call.error = reason;
    call.body = null;
  }
}
