package dev.piecrust.store;

import dev.piecrust.store.Begun.Wait;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps calls away from an endpoint that wants none or fails all the time: it opens after {@value
 * #FAILURES} failures in a row, longer with each further one, and then lets one call at a time try.
 * The caller has locked the endpoint's row.
 */
final class Breaker {
  static final int FAILURES = 8;
  private static final long OPEN_MS = 2_000;
  private static final long LONGEST_OPEN_MS = 60_000;
  private static final long PROBE_MS = 30_000;
  private static final Duration PROBE_WAIT = Duration.ofSeconds(2);

  private final LlmEndpointRow endpoint;

  Breaker(LlmEndpointRow endpoint) {
    this.endpoint = endpoint;
  }

  /** How long no call may go out; empty if one may. */
  Optional<Wait> check(long nowMs) {
    if (endpoint.blockedMs > nowMs) {
      return wait(endpoint.blockedMs - nowMs, "the provider asked for a pause");
    }
    if (endpoint.openMs > nowMs) {
      return wait(endpoint.openMs - nowMs, "the endpoint failed %d times in a row");
    }
    if (endpoint.failures >= FAILURES && endpoint.probeMs > nowMs) {
      return Optional.of(new Wait(PROBE_WAIT, "one call tries whether the endpoint is back"));
    }
    return Optional.empty();
  }

  /** A call goes out. */
  void goes(long nowMs) {
    if (endpoint.failures >= FAILURES) {
      endpoint.probeMs = nowMs + PROBE_MS;
    }
  }

  /** A call failed because of the endpoint. */
  void failed(long nowMs) {
    endpoint.failures++;
    endpoint.probeMs = 0;
    if (endpoint.failures >= FAILURES) {
      int doublings = Math.min(endpoint.failures - FAILURES, 5);
      endpoint.openMs = nowMs + Math.min(OPEN_MS << doublings, LONGEST_OPEN_MS);
    }
  }

  /** A call was answered. */
  void succeeded() {
    endpoint.failures = 0;
    endpoint.openMs = 0;
    endpoint.probeMs = 0;
  }

  private Optional<Wait> wait(long ms, String reason) {
    return Optional.of(new Wait(Duration.ofMillis(ms), reason.formatted(endpoint.failures)));
  }
}
