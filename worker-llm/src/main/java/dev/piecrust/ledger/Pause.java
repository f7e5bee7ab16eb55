package dev.piecrust.ledger;

import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Waiting, for no longer than somebody has patience. */
final class Pause {
  private static final long GLANCE_MS = 200;

  private final long deadline;
  private final Runnable alive;

  /**
   * @param patience from now on
   * @param alive called now and then; throws when the work was cancelled
   */
  Pause(Duration patience, Runnable alive) {
    this.deadline = System.nanoTime() + patience.toNanos();
    this.alive = alive;
  }

  /** Whether so long a wait is within the patience. */
  boolean bears(Duration wait) {
    return System.nanoTime() + wait.toNanos() < deadline;
  }

  /** Waits for a short while, whatever is left of the patience. */
  void nap(Duration wait) {
    alive.run();
    sleep(Math.max(1, Math.min(GLANCE_MS, wait.toMillis())));
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
