package dev.piecrust.ledger;

import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waiting, for no longer than somebody has patience. */
final class Pause {
  private static final long GLANCE_MS = 200;

  private final long deadline;
  private final Runnable alive;
  private final BooleanSupplier stops;

  /**
   * @param patience from now on
   * @param alive called now and then; throws when the work was cancelled
   * @param stops whether the process is about to stop, and the patience is at its end
   */
  Pause(Duration patience, Runnable alive, BooleanSupplier stops) {
    this.deadline = System.nanoTime() + patience.toNanos();
    this.alive = alive;
    this.stops = stops;
  }

  /** Whether so long a wait is within the patience. */
  boolean bears(Duration wait) {
    return !stops.getAsBoolean() && System.nanoTime() + wait.toNanos() < deadline;
  }

  /** Waits for a short while, whatever is left of the patience. */
  void nap(Duration wait) {
    alive.run();
    sleep(Math.max(1, Math.min(GLANCE_MS, wait.toMillis())));
  }

  /** Waits for so long if that is within the patience; whether it did. */
  boolean sleptOver(Duration wait) {
    if (!bears(wait)) {
      return false;
    }
    long end = System.nanoTime() + wait.toNanos();
    for (long left = wait.toNanos(); left > 0; left = end - System.nanoTime()) {
      if (stops.getAsBoolean()) {
        return false;
      }
      nap(Duration.ofNanos(left));
    }
    return true;
  }

  /** Waits for exactly so long. */
  static void exactly(Duration wait) {
    if (!wait.isZero() && !wait.isNegative()) {
      sleep(wait.toMillis());
    }
  }

  /** Waits for a permit; false where the patience ended. */
  boolean enter(Semaphore turnstile) {
    try {
      while (!turnstile.tryAcquire(GLANCE_MS, TimeUnit.MILLISECONDS)) {
        alive.run();
        if (!bears(Duration.ZERO)) {
          return false;
        }
      }
      return true;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Up to half as long again, so that those who wait for one thing do not come back at once. */
  static Duration jittered(Duration wait) {
    return wait.plusMillis(ThreadLocalRandom.current().nextLong(wait.toMillis() / 2 + 1));
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static PieCrustException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new PieCrustException(
        FailureCategory.EXTERNAL, "the worker stops; the call was not made", e);
  }
}
