package dev.piecrust.workers;

import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import io.temporal.activity.Activity;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The turn on the device: one activity has it, the others wait for it in the order of asking. */
final class Turn {
  /** Well under every heartbeat timeout, and soon enough to notice a cancellation. */
  private static final long BEAT_SECONDS = 2;

  private final Runnable heartbeat;
  private final Semaphore turn = new Semaphore(1, true);

  Turn() {
    this(() -> Activity.getExecutionContext().heartbeat("waiting for the device"));
  }

  Turn(Runnable heartbeat) {
    this.heartbeat = heartbeat;
  }

  /** Does the work when its turn has come. */
  <T> T take(Supplier<T> work) {
    try {
      while (!turn.tryAcquire(BEAT_SECONDS, TimeUnit.SECONDS)) {
        heartbeat.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PieCrustException(FailureCategory.EXTERNAL, "the program is shutting down", e);
    }
    try {
      return work.get();
    } finally {
      turn.release();
    }
  }
}
