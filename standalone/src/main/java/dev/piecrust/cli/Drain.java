package dev.piecrust.cli;

import dev.piecrust.failure.Bounds;
import java.time.Duration;

/** The time that work under way has when a process is told to stop. */
final class Drain {
  private Drain() {}

  static Duration of(int seconds) {
    Bounds.atLeast("--drain", seconds, 0);
    return Duration.ofSeconds(seconds);
  }
}
