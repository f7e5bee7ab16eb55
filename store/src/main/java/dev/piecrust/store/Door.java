package dev.piecrust.store;

import dev.piecrust.store.Begun.Wait;
import jakarta.persistence.EntityManager;
import java.util.Optional;

/** What stands between a call and its endpoint: pauses, fair shares, and the rate. */
final class Door {
  private final long nowMs;
  private final Breaker breaker;
  private final Shares shares;
  private final PaceWish wish;
  private final Pace pace;

  /** At an endpoint whose row is locked. */
  Door(EntityManager em, LlmEndpointRow endpoint, CallWish call, long nowMs) {
    TurnedClock.adjust(em, endpoint, nowMs);
    this.nowMs = nowMs;
    this.wish = Endpoints.within(endpoint, call.pace().orElseThrow());
    this.breaker = new Breaker(endpoint);
    this.shares = new Shares(em, endpoint.id, call.campaignId(), nowMs);
    this.pace = new Pace(em, endpoint, wish);
  }

  /** How long the call has to wait at least; empty if it may go. */
  Optional<Wait> check() {
    Optional<Wait> wait = breaker.check(nowMs).or(shares::check).or(() -> pace.check(nowMs));
    if (wait.isPresent()) {
      shares.waits(nowMs);
    }
    return wait;
  }

  /** Lets the call out; returns when it may go. */
  long take() {
    breaker.goes(nowMs);
    shares.took(wish);
    return pace.take(nowMs);
  }
}
