package dev.piecrust.store.ledger;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What one call, or the change of one, adds to the sums over calls; see {@link LlmSumRow}. */
record CallParts(
    long open,
    long settled,
    long released,
    long lost,
    long unreported,
    long unpriced,
    long hits,
    long input,
    long cachedInput,
    long cacheWrite,
    long output,
    long reasoning,
    BigDecimal usd,
    BigDecimal unknownUsd,
    BigDecimal reservedUsd) {
  private static final BigDecimal ZERO = BigDecimal.ZERO;

  /** An answer that was there already. */
  static final CallParts HIT = new CallParts(0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, ZERO, ZERO, ZERO);

  static CallParts of(LlmCallRow call) {
    boolean settled = call.state == CallState.SETTLED;
    boolean lost = call.state == CallState.LOST;
    BigDecimal worst = amount(call.reservedUsd);
    return new CallParts(
        one(call.open()),
        one(settled),
        one(call.state == CallState.RELEASED),
        one(lost),
        one(settled && call.inputTokens == null),
        one(settled && call.reservedUsd == null),
        0,
        number(call.inputTokens),
        number(call.cachedInputTokens),
        number(call.cacheWriteTokens),
        number(call.outputTokens),
        number(call.reasoningTokens),
        settled ? amount(call.usd) : ZERO,
        lost || (settled && call.usd == null) ? worst : ZERO,
        call.open() ? worst : ZERO);
  }

  CallParts minus(CallParts before) {
    return new CallParts(
        open - before.open,
        settled - before.settled,
        released - before.released,
        lost - before.lost,
        unreported - before.unreported,
        unpriced - before.unpriced,
        hits - before.hits,
        input - before.input,
        cachedInput - before.cachedInput,
        cacheWrite - before.cacheWrite,
        output - before.output,
        reasoning - before.reasoning,
        usd.subtract(before.usd),
        unknownUsd.subtract(before.unknownUsd),
        reservedUsd.subtract(before.reservedUsd));
  }

  private static long one(boolean counts) {
    return counts ? 1 : 0;
  }

  private static long number(@Nullable Long value) {
    return value == null ? 0 : value;
  }

  private static BigDecimal amount(@Nullable BigDecimal value) {
    return value == null ? ZERO : value;
  }
}
