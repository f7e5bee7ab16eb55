package dev.piecrust.store.rate;

import java.util.Optional;

/** What stands between a call and its endpoint: pauses, fair shares, and the rate. */
public final class AdmissionControl {
  private final long nowMs;
  private final Breaker breaker;
  private final Shares shares;
  private final RateRequest request;
  private final Pace pace;

  AdmissionControl(long nowMs, Breaker breaker, Shares shares, RateRequest request, Pace pace) {
    this.nowMs = nowMs;
    this.breaker = breaker;
    this.shares = shares;
    this.request = request;
    this.pace = pace;
  }

  /** How long the call has to wait at least; empty if it may go. */
  public Optional<Wait> check() {
    Optional<Wait> wait = breaker.check(nowMs).or(shares::check).or(() -> pace.check(nowMs));
    if (wait.isPresent()) {
      shares.waits(nowMs);
    }
    return wait;
  }

  /** Lets the call out; returns when it may go, by the database's clock in milliseconds. */
  public long take() {
    breaker.goes(nowMs);
    shares.took(request);
    return pace.take(nowMs);
  }
}
