package dev.piecrust.store.rate;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.Optional;

/**
 * Lets calls out at an even pace, so that in no minute more arrive than are allowed. The caller has
 * locked the endpoint's row; all times are milliseconds of the database's clock.
 *
 * <p>A minute is counted as {@value #WINDOW_MS} ms and in whole quarters of a second: what leaves
 * within the limit still arrives within it where one call takes up to 1.7 s longer than another. A
 * call whose end is heard of later than {@value #ON_TIME_MS} ms after its turn may have been held
 * up on its way by more than that, and is counted as late as it may have arrived.
 */
final class Pace {
  static final long WINDOW_MS = 62_000;
  static final long QUARTER_MS = 250;

  /** Calls that ended by then after their turn arrived in time. */
  static final long ON_TIME_MS = 1_500;

  /** Nobody is counted later than by so much: answers take longer than ways. */
  private static final long LATEST_MS = 5_000;

  /** How far ahead calls are let out, so that late sleepers lose no time. */
  static final long AHEAD_MS = 250;

  /** How much time that nobody used may be caught up, at so much shorter intervals. */
  private static final long CREDIT_MS = 15_000;

  private static final double HURRY = 0.6;

  private static final long FULL_WAIT_MS = 100;
  private static final long KEPT_MS = 3 * WINDOW_MS;

  private final EntityManager em;
  private final LlmEndpointRow endpoint;
  private final RateRequest wish;

  Pace(EntityManager em, LlmEndpointRow endpoint, RateRequest wish) {
    this.em = em;
    this.endpoint = endpoint;
    this.wish = wish;
  }

  /** How long a call would have to wait until it is worth asking again; empty if it may go. */
  Optional<Wait> check(long nowMs) {
    long slot = slot(nowMs);
    if (slot - nowMs > AHEAD_MS) {
      return Optional.of(new Wait(Duration.ofMillis(slot - nowMs - AHEAD_MS), "the rate limit"));
    }
    return full(slot)
        ? Optional.of(new Wait(Duration.ofMillis(FULL_WAIT_MS), "the rate limit"))
        : Optional.empty();
  }

  /** Lets the call out; returns when it may go. */
  long take(long nowMs) {
    long slot = slot(nowMs);
    endpoint.requestMs = due(endpoint.requestMs, nowMs) + requestMs();
    endpoint.tokenMs = due(endpoint.tokenMs, nowMs) + tokenMs();
    endpoint.lastMs = slot;
    count(slot);
    return slot;
  }

  /** The call let out for this slot was on its way or under work until now. */
  void endedLate(long slot, long nowMs) {
    long arrived = Math.min(nowMs - ON_TIME_MS, slot + LATEST_MS);
    LlmGrantRow grant = em.find(LlmGrantRow.class, key(slot));
    if (grant != null && arrived / QUARTER_MS > slot / QUARTER_MS) {
      uncount(grant);
      count(arrived);
    }
  }

  /** The call did not leave: others may have what was meant for it. */
  void giveBack(long slot) {
    LlmGrantRow grant = em.find(LlmGrantRow.class, key(slot));
    if (grant != null) {
      uncount(grant);
      endpoint.requestMs -= requestMs();
      endpoint.tokenMs -= tokenMs();
      if (endpoint.lastMs == slot) {
        endpoint.lastMs -= Math.max(requestMs(), tokenMs());
      }
    }
  }

  private void count(long slot) {
    LlmGrantRow.Key key = key(slot);
    LlmGrantRow grant = em.find(LlmGrantRow.class, key);
    if (grant == null) {
      grant = new LlmGrantRow(key);
      em.persist(grant);
      forget(slot);
    }
    grant.requests++;
    grant.tokens += wish.tokens();
  }

  private void uncount(LlmGrantRow grant) {
    grant.requests--;
    grant.tokens -= wish.tokens();
  }

  private LlmGrantRow.Key key(long slot) {
    return new LlmGrantRow.Key(endpoint.id, slot / QUARTER_MS);
  }

  /** How far apart such calls are if requests are what is short. */
  private long requestMs() {
    return WINDOW_MS / wish.requestsPerMinute();
  }

  /** The same if tokens are. */
  private long tokenMs() {
    return Math.round((double) WINDOW_MS * wish.tokens() / wish.tokensPerMinute());
  }

  /**
   * When it would go on if all went evenly. A new endpoint has nothing to catch up, nor has one
   * from which nothing was heard for longer than is counted: its clock may have been put forward.
   */
  private long due(long next, long nowMs) {
    boolean unknown = next == 0 || nowMs - endpoint.lastMs > WINDOW_MS;
    return unknown ? nowMs : Math.max(next, nowMs - CREDIT_MS);
  }

  private long slot(long nowMs) {
    long due = Math.max(due(endpoint.requestMs, nowMs), due(endpoint.tokenMs, nowMs));
    long hurried = endpoint.lastMs + Math.round(HURRY * Math.max(requestMs(), tokenMs()));
    return Math.max(nowMs, Math.max(due, hurried));
  }

  private boolean full(long slot) {
    Object[] used =
        em.createQuery(
                "select coalesce(sum(requests), 0), coalesce(sum(tokens), 0) from LlmGrantRow"
                    + " where key.endpoint = :endpoint and key.quarter >= :from",
                Object[].class)
            .setParameter("endpoint", endpoint.id)
            .setParameter("from", (slot - WINDOW_MS) / QUARTER_MS)
            .getSingleResult();
    return ((Number) used[0]).longValue() + 1 > wish.requestsPerMinute()
        || ((Number) used[1]).longValue() + wish.tokens() > wish.tokensPerMinute();
  }

  private void forget(long slot) {
    em.createQuery("delete from LlmGrantRow where key.endpoint = :endpoint and key.quarter < :old")
        .setParameter("endpoint", endpoint.id)
        .setParameter("old", (slot - KEPT_MS) / QUARTER_MS)
        .executeUpdate();
  }
}
