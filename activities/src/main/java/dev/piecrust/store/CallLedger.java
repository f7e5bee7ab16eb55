package dev.piecrust.store;

import dev.piecrust.price.TokenUsage;
import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The calls to language models: no reservation, no call. Each method is one transaction; where it
 * locks several rows it locks an endpoint's before an account's.
 */
public final class CallLedger {
  private static final String REFUSED = "refused: ";

  private final Database database;

  public CallLedger(Database database) {
    this.database = database;
  }

  /** The answer to a call that was made before, which is counted as a hit of this campaign. */
  public Optional<Begun.Answered> answered(CallWish wish) {
    return database.call(em -> CallOpening.answered(em, wish));
  }

  /**
   * Sets the worst case aside against the campaign's cap and lets the call out of its endpoint's
   * door, or neither. The endpoint must be known to {@link Endpoints}.
   */
  public Begun begin(CallWish wish) {
    return database.call(em -> new CallOpening(database, em, wish).begin());
  }

  /**
   * The call was answered: the answer is there for all from now on.
   *
   * @param usd what it cost; empty where price or usage are unknown
   */
  public void settle(
      long call,
      String answer,
      boolean truncated,
      Optional<TokenUsage> usage,
      Optional<BigDecimal> usd) {
    end(
        call,
        (em, account, row) -> {
          if (row.state != CallState.SETTLED) {
            Settlements.settle(account, row, usage, usd);
          }
          Answers.keep(em, row, answer, truncated);
        });
  }

  /** Forgets an answer, so that whoever asks again gets another; its call stays in the books. */
  public void forget(String cacheKey) {
    database.run(
        em ->
            em.createQuery("delete from LlmAnswerRow where cacheKey = :key and answered = true")
                .setParameter("key", cacheKey)
                .executeUpdate());
  }

  /** The call was not made, or not charged. */
  public void release(long call, String reason) {
    end(
        call,
        (em, account, row) -> {
          if (row.open()) {
            Settlements.release(account, row, reason);
          }
        });
  }

  /** The call did not leave in time for its turn, which is given back. */
  public void miss(CallWish wish, Begun.Reserved missed) {
    database.run(
        em -> {
          LlmEndpointRow endpoint = Endpoints.locked(em, wish.endpoint());
          end(
              em,
              missed.call(),
              (same, account, row) -> {
                if (row.open()) { // once, however often it is said
                  wish.pace()
                      .map(pace -> new Pace(same, endpoint, Endpoints.within(endpoint, pace)))
                      .ifPresent(pace -> pace.giveBack(missed.slotMs()));
                  Settlements.release(account, row, "its turn was missed");
                }
              });
        });
  }

  /** The provider refused the call for good, and did not charge it. */
  public void refuse(long call, String reason) {
    release(call, REFUSED + reason);
  }

  /** Why the provider refused this question for good, if it did so in a batch. */
  public Optional<String> refusal(String cacheKey) {
    return database.call(
        em ->
            Answers.find(em, cacheKey)
                .filter(row -> !row.answered)
                .map(row -> em.find(LlmCallRow.class, row.callId))
                .filter(call -> call.batched && call.error.startsWith(REFUSED))
                .map(call -> call.error.substring(REFUSED.length())));
  }

  /** Nobody knows whether the call was charged. */
  public void lose(long call, String reason) {
    end(
        call,
        (em, account, row) -> {
          if (row.open()) {
            Settlements.lose(account, row, reason);
          }
        });
  }

  /** A campaign that was deleted meanwhile has no account: then there is nothing to do. */
  private void end(long call, Ending ending) {
    database.run(em -> end(em, call, ending));
  }

  private static void end(EntityManager em, long call, Ending ending) {
    String campaign = campaign(em, call);
    if (campaign != null) {
      LlmAccountRow account = Accounts.locked(em, campaign);
      LlmCallRow row = em.find(LlmCallRow.class, call);
      if (row != null) {
        ending.of(em, account, row);
      }
    }
  }

  private static @Nullable String campaign(EntityManager em, long call) {
    return em.createQuery("select campaignId from LlmCallRow where id = :id", String.class)
        .setParameter("id", call)
        .getSingleResultOrNull();
  }

  private interface Ending {
    void of(EntityManager em, LlmAccountRow account, LlmCallRow row);
  }
}
