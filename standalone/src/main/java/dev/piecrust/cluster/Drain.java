package dev.piecrust.cluster;

import dev.piecrust.failure.Bounds;
import java.time.Duration;

/** The time that work under way has when a process is told to stop. */
public final class Drain {
  private Drain() {}

  /** So many seconds, 0 or more. */
  public static Duration of(int seconds) {
    Bounds.atLeast("--drain", seconds, 0);
    return Duration.ofSeconds(seconds);
  }
}
