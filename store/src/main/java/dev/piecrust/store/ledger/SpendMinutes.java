package dev.piecrust.store.ledger;

import dev.piecrust.store.database.Moments;
import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what each minute was paid for in step with the calls, in the transaction that settles one.
 * Who settles a call has locked the campaign's account.
 */
final class SpendMinutes {
  private static final long SECONDS = 60;

  private SpendMinutes() {}

  /** The call was settled just now. */
  static void settled(EntityManager em, LlmCallRow call) {
    LlmMinuteRow.Key key =
        new LlmMinuteRow.Key(call.campaignId, Moments.now().getEpochSecond() / SECONDS);
    long tokens = number(call.inputTokens) + number(call.outputTokens);
    BigDecimal usd = Optional.ofNullable(call.usd).orElse(BigDecimal.ZERO);
    LlmMinuteRow there = em.find(LlmMinuteRow.class, key);
    if (there == null) {
      em.persist(new LlmMinuteRow(key, tokens, usd));
    } else {
      there.requests++;
      there.tokens += tokens;
      there.usd = there.usd.add(usd);
    }
  }

  private static long number(@Nullable Long value) {
    return value == null ? 0 : value;
  }
}
