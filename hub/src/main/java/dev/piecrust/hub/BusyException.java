package dev.piecrust.hub;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The hub cannot answer now, and may say when it can. */
final class BusyException extends IOException {
  private final transient Optional<Duration> retryAfter;

  BusyException(String message, Optional<Duration> retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
