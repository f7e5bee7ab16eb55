package dev.piecrust.store.ledger;

import dev.piecrust.price.TokenUsage;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What an answered call came to.
 *
 * @param usage empty where it is not known
 * @param usd empty where it is not known
 * @param doubt why the usage is not known; empty where it is
 */
record Settled(Optional<TokenUsage> usage, Optional<BigDecimal> usd, String doubt) {
  /** At what was reported, unless that is nothing, or more than the call can cost. */
  static Settled at(LlmCallRow call, Optional<TokenUsage> usage, Optional<BigDecimal> usd) {
    if (usage.isEmpty()) {
      return atWorst("none was reported");
    }
    BigDecimal most = call.reservedUsd;
    if (most != null && usd.filter(amount -> amount.compareTo(most) > 0).isPresent()) {
      return atWorst(
          "what was reported would cost %s USD, and it can cost %s at most"
              .formatted(Accounts.plain(usd.get()), Accounts.plain(most)));
    }
    return new Settled(usage, usd, "");
  }

  static Settled atWorst(String doubt) {
    return new Settled(Optional.empty(), Optional.empty(), "its usage is not known: " + doubt);
  }
}
