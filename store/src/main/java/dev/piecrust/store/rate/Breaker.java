package dev.piecrust.store.rate;

import java.time.Duration;
import java.util.Optional;

/**
 * Keeps calls away from an endpoint that wants none or gives no answers: it opens after {@value
 * Endpoints#FAILURES} failures in a row, or the first where nothing is there, longer with each
 * further one, and then lets one call at a time try. It never gives up. The caller has locked the
 * endpoint's row.
 */
final class Breaker {
  private static final long OPEN_MS = 2_000;

  /** An endpoint that was away for hours is asked again five minutes after it is back, at most. */
  static final long LONGEST_OPEN_MS = 300_000;

  /** Doublings of the shortest time that reach the longest. */
  private static final int MOST_DOUBLINGS = 8;

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
      return wait(endpoint.openMs - nowMs, endpoint.said);
    }
    if (isOpen() && endpoint.probeMs > nowMs) {
      return Optional.of(new Wait(PROBE_WAIT, "one call tries whether the endpoint is back"));
    }
    return Optional.empty();
  }

  /** Whether the endpoint counts as away. */
  boolean isOpen() {
    return endpoint.failures >= Endpoints.FAILURES;
  }

  /** A call goes out. */
  void goes(long nowMs) {
    if (isOpen()) {
      endpoint.probeMs = nowMs + PROBE_MS;
    }
  }

  /**
   * A call failed because of the endpoint. One that left before the circuit opened is no news.
   *
   * @param nothingThere whether not even a connection could be made
   * @param said what happened, in a sentence
   * @return what to do about it
   */
  EndpointFailure failed(long nowMs, boolean nothingThere, String said) {
    if (endpoint.openMs <= nowMs) {
      endpoint.failures++;
      if (nothingThere) {
        endpoint.failures = Math.max(endpoint.failures, Endpoints.FAILURES);
      }
      endpoint.probeMs = 0;
      endpoint.downMs = endpoint.downMs == 0 ? nowMs : endpoint.downMs;
      endpoint.said = said;
      if (isOpen()) {
        int doublings = Math.min(endpoint.failures - Endpoints.FAILURES, MOST_DOUBLINGS);
        endpoint.openMs = nowMs + Math.min(OPEN_MS << doublings, LONGEST_OPEN_MS);
      }
    }
    return new EndpointFailure(
        endpoint.failures, Duration.ofMillis(Math.max(0, endpoint.openMs - nowMs)));
  }

  /** A call was answered. */
  void succeeded() {
    endpoint.failures = 0;
    endpoint.openMs = 0;
    endpoint.probeMs = 0;
    endpoint.downMs = 0;
    endpoint.said = "";
  }

  private static Optional<Wait> wait(long ms, String reason) {
    return Optional.of(new Wait(Duration.ofMillis(ms), reason));
  }
}
