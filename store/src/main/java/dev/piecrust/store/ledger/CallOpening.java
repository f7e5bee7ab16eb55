package dev.piecrust.store.ledger;

import static java.util.Objects.requireNonNull;

import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.store.database.Database;
import dev.piecrust.store.database.Moments;
import dev.piecrust.store.rate.AdmissionControl;
import dev.piecrust.store.rate.LockedEndpoint;
import dev.piecrust.store.rate.RateRequest;
import dev.piecrust.store.rate.Wait;
import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongFunction;

/** One attempt to begin a call, within one transaction. */
final class CallOpening {
  private final Database database;
  private final EntityManager em;
  private final CallRequest wish;
  private boolean hit;
  private boolean reserved;

  CallOpening(Database database, EntityManager em, CallRequest wish) {
    this.database = database;
    this.em = em;
    this.wish = wish;
  }

  /** The rate is asked last of all, so that nothing of the rate is lost on a call not made. */
  Admission begin() {
    LockedEndpoint endpoint = LockedEndpoint.of(em, wish.endpoint());
    Optional<Admission.Answered> there = answered();
    if (there.isPresent()) {
      return there.get();
    }
    Optional<Admission> sibling = sibling();
    if (sibling.isPresent()) {
      return sibling.get();
    }
    Optional<RateRequest> rate = wish.rate();
    if (rate.isEmpty()) {
      return reserve(id -> new Admission.Reserved(id, Duration.ZERO, 0));
    }
    long nowMs = database.nowMs(em);
    AdmissionControl control = endpoint.admission(wish.campaignId(), rate.get(), nowMs);
    Optional<Wait> closed = control.check();
    return closed.isPresent()
        ? new Admission.Wait(closed.get().atLeast(), closed.get().reason())
        : reserve(
            id -> {
              long slotMs = control.take();
              return new Admission.Reserved(id, Duration.ofMillis(slotMs - nowMs), slotMs);
            });
  }

  /** Whether it was answered from the cache. */
  boolean hit() {
    return hit;
  }

  /** Whether money was set aside. */
  boolean reserved() {
    return reserved;
  }

  /** The answer of an earlier call; counts the hit. */
  Optional<Admission.Answered> answered() {
    Optional<Admission.Answered> there =
        Answers.find(em, wish.cacheKey())
            .filter(row -> row.answered)
            .map(row -> new Admission.Answered(row.answer, row.truncated, row.callId));
    hit = there.filter(answer -> !collects(em, wish, answer)).isPresent();
    if (hit) {
      countHit(em, wish);
    }
    return there;
  }

  /** Whether this is only the answer from a batch to who had it queued, and no repetition. */
  private static boolean collects(EntityManager em, CallRequest wish, Admission.Answered answer) {
    LlmCallRow call = em.find(LlmCallRow.class, answer.call());
    return call != null
        && call.batched
        && call.campaignId.equals(wish.campaignId())
        && call.stage.equals(wish.stage())
        && call.layer == wish.feature().layer()
        && call.feature == wish.feature().index();
  }

  /**
   * The same call, made by somebody else at this moment or queued by anybody. One that has ended
   * may have done so since the answer was looked for: it is looked for again, or it is paid for
   * twice.
   */
  private Optional<Admission> sibling() {
    LlmAnswerRow row = Answers.find(em, wish.cacheKey()).orElse(null);
    LlmCallRow call = row == null ? null : em.find(LlmCallRow.class, row.callId);
    if (row == null || call == null) {
      return Optional.empty();
    }
    if (!call.open()) {
      em.refresh(row);
      return answered().map(there -> there);
    }
    if (call.state == CallState.RESERVED) {
      return Optional.of(new Admission.InFlight());
    }
    return wish.body().isPresent()
        ? Optional.of(new Admission.Queued(requireNonNull(call.id)))
        : Optional.empty(); // who wants it now does not wait for a batch
  }

  private Admission reserve(LongFunction<Admission> pass) {
    LlmAccountRow account = Accounts.locked(em, wish.campaignId());
    BigDecimal worst = wish.worstCase().orElse(BigDecimal.ZERO);
    Optional<Admission> refused = refused(account, worst);
    if (refused.isPresent()) {
      return refused.get();
    }
    account.reservedUsd = account.reservedUsd.add(worst);
    boolean queued = wish.body().isPresent();
    LlmCallRow call =
        new LlmCallRow(wish, queued ? CallState.QUEUED : CallState.RESERVED, Moments.now());
    em.persist(call);
    reserved = true;
    CallSums.began(em, call);
    long id = requireNonNull(call.id);
    Answers.expect(em, wish.cacheKey(), id);
    return queued ? new Admission.Queued(id) : pass.apply(id);
  }

  private Optional<Admission> refused(LlmAccountRow account, BigDecimal worst) {
    if (worst.signum() == 0) {
      return Optional.empty();
    }
    BigDecimal cap = account.capUsd;
    if (cap == null) {
      throw new PieCrustException(
          FailureCategory.USER,
          "limits.usd: is missing, expected what the LLM's calls may cost in all");
    }
    if (account.committed().add(worst).compareTo(cap) <= 0) {
      return Optional.empty();
    }
    String reason =
        "a call may cost %s USD, and of the cap of %s USD only %s are left"
            .formatted(
                Accounts.plain(worst),
                Accounts.plain(cap),
                Accounts.plain(cap.subtract(account.committed()).max(BigDecimal.ZERO)));
    return Optional.of(
        account.reservedUsd.signum() > 0
            ? new Admission.Tight(reason)
            : new Admission.OverBudget(reason));
  }

  private static void countHit(EntityManager em, CallRequest wish) {
    LlmHitRow.Key key =
        new LlmHitRow.Key(
            wish.campaignId(),
            wish.stage(),
            wish.feature().layer(),
            wish.feature().index(),
            wish.provider(),
            wish.model());
    LlmHitRow row = em.find(LlmHitRow.class, key);
    if (row == null) {
      row = new LlmHitRow(key);
      em.persist(row);
    }
    row.hits++;
    CallSums.hit(em, key);
  }
}
