package dev.piecrust.cli;

import static dev.piecrust.failure.PieCrustException.user;

import java.time.Duration;

/** The time that work under way has when a process is told to stop. */
final class Drain {
  private Drain() {}

  static Duration of(int seconds) {
    if (seconds < 0) {
      throw user("--drain is %d, expected 0 or more seconds", seconds);
    }
    return Duration.ofSeconds(seconds);
  }
}
