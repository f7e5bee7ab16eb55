package dev.piecrust.store.ledger;

import dev.piecrust.price.TokenUsage;
import dev.piecrust.store.campaign.Events;
import dev.piecrust.store.database.Database;
import dev.piecrust.store.rate.Endpoints;
import dev.piecrust.store.rate.LockedEndpoint;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The calls to language models: no reservation, no call. Each method is one transaction; where it
 * locks several rows it locks an endpoint's before an account's.
 */
public final class CallLedger {
  /** The entities of this package. */
  public static final List<Class<?>> ROWS =
      List.of(
          LlmAccountRow.class,
          LlmCallRow.class,
          LlmAnswerRow.class,
          LlmHitRow.class,
          LlmSumRow.class,
          LlmWorkerRow.class,
          LlmBatchRow.class,
          LlmLeaseRow.class,
          LlmMinuteRow.class);

  private static final String USAGE_EVENT = "usage";
  private static final String REFUSED = "refused: ";

  private final Database database;
  private final CallMeters meters;

  /** Of this database, counting by these meters. */
  public CallLedger(Database database, MeterRegistry meters) {
    this.database = database;
    this.meters = new CallMeters(meters);
  }

  /** The answer to a call that was made before, which is counted as a hit of this campaign. */
  public Optional<Admission.Answered> answered(CallRequest wish) {
    return opened(wish, CallOpening::answered);
  }

  /**
   * Sets the worst case aside against the campaign's cap and lets the call out of its endpoint's
   * door, or neither. The endpoint must be known to {@link Endpoints}.
   */
  public Admission begin(CallRequest wish) {
    return opened(wish, CallOpening::begin);
  }

  private <T> T opened(CallRequest wish, Function<CallOpening, T> attempt) {
    Opened<T> opened =
        database.call(
            em -> {
              CallOpening opening = new CallOpening(database, em, wish);
              return new Opened<>(opening, attempt.apply(opening));
            });
    meters.began(wish, opened.opening());
    return opened.result();
  }

  /**
   * The call was answered: the answer is there for all from now on. What would cost more than the
   * call can cost counts as in {@link #settleAtWorst}.
   *
   * @param usd what it cost; empty where price or usage are unknown
   */
  public void settle(
      long call,
      String answer,
      boolean truncated,
      Optional<TokenUsage> usage,
      Optional<BigDecimal> usd) {
    settle(call, answer, truncated, row -> Settled.at(row, usage, usd));
  }

  /**
   * The same where its usage is not known, because none was reported or one that cannot be: the
   * worst case counts, as unknown, and the campaign's first such call is one of its events.
   *
   * @param reason what is wrong with the usage
   */
  public void settleAtWorst(long call, String answer, boolean truncated, String reason) {
    settle(call, answer, truncated, row -> Settled.atWorst(reason));
  }

  private void settle(
      long call, String answer, boolean truncated, Function<LlmCallRow, Settled> outcome) {
    end(
        call,
        (em, account, row) -> {
          boolean news = row.state != CallState.SETTLED;
          if (news) {
            Settlements.settle(account, row, outcome.apply(row));
            SpendMinutes.settled(em, row);
            tellUnknownUsage(em, row);
          }
          Answers.keep(em, row, answer, truncated);
          return news;
        });
  }

  /**
   * Says once a campaign that calls count at their worst case, because their usage is not known:
   * its first such call that costs anything is an event. The account is locked.
   */
  private static void tellUnknownUsage(EntityManager em, LlmCallRow call) {
    BigDecimal worst = call.reservedUsd;
    if (call.error.isEmpty() || worst == null || worst.signum() == 0) {
      return;
    }
    if (!Events.any(em, call.campaignId, USAGE_EVENT)) {
      Events.add(
          em,
          call.campaignId,
          USAGE_EVENT,
          "call %d to %s's model %s counts at the most that it can cost, %s USD, as do all others of this kind: %s"
              .formatted(call.id, call.provider, call.model, Accounts.plain(worst), call.error),
          "piecrust");
    }
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
          boolean news = row.open();
          if (news) {
            Settlements.release(account, row, reason);
          }
          return news;
        });
  }

  /** The call did not leave in time for its turn, which is given back. */
  public void miss(CallRequest wish, Admission.Reserved missed) {
    count(
        em -> {
          LockedEndpoint endpoint = LockedEndpoint.of(em, wish.endpoint());
          return end(
              em,
              missed.call(),
              (unused, account, row) -> {
                boolean news = row.open(); // once, however often it is said
                if (news) {
                  wish.rate().ifPresent(rate -> endpoint.giveBack(rate, missed.slotMs()));
                  Settlements.release(account, row, "its turn was missed");
                }
                return news;
              });
        });
  }

  /** How long after its turn a call may end and still have arrived in time for it. */
  public static Duration onTime() {
    return Endpoints.ON_TIME;
  }

  /** The call took so long that it may have arrived long after its turn. */
  public void late(CallRequest wish, Admission.Reserved call) {
    database.run(
        em -> {
          LockedEndpoint endpoint = LockedEndpoint.of(em, wish.endpoint());
          wish.rate()
              .ifPresent(rate -> endpoint.endedLate(rate, call.slotMs(), database.nowMs(em)));
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
          boolean news = row.open();
          if (news) {
            Settlements.lose(account, row, reason);
          }
          return news;
        });
  }

  /** A campaign that was deleted meanwhile has no account: then there is nothing to do. */
  private void end(long call, Ending ending) {
    count(em -> end(em, call, ending));
  }

  private void count(Function<EntityManager, Optional<LlmCallRow>> ending) {
    database.call(ending).ifPresent(meters::ended);
  }

  /** The call, where it ended just now. */
  private static Optional<LlmCallRow> end(EntityManager em, long call, Ending ending) {
    String campaign = campaign(em, call);
    if (campaign == null) {
      return Optional.empty();
    }
    LlmAccountRow account = Accounts.locked(em, campaign);
    return Optional.ofNullable(em.find(LlmCallRow.class, call))
        .filter(row -> CallSums.changed(em, row, same -> ending.of(em, account, same)));
  }

  private static @Nullable String campaign(EntityManager em, long call) {
    return em.createQuery("select campaignId from LlmCallRow where id = :id", String.class)
        .setParameter("id", call)
        .getSingleResultOrNull();
  }

  private record Opened<T>(CallOpening opening, T result) {}

  private interface Ending {
    /** Whether it changed anything. */
    boolean of(EntityManager em, LlmAccountRow account, LlmCallRow row);
  }
}
