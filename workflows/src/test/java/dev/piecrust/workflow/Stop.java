package dev.piecrust.workflow;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Holds one call until a test lets it go. */
final class Stop {
  private static final long PATIENCE_SECONDS = 60;

  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final AtomicBoolean used = new AtomicBoolean();

  /** Holds the first call that begins like this. */
  String at(String where, String call) {
    if (call.startsWith(where) && used.compareAndSet(false, true)) {
      reach();
      await(released);
    }
    return call;
  }

  void reach() {
    reached.countDown();
  }

  void awaitReached() {
    await(reached);
  }

  void release() {
    released.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("nobody came within " + PATIENCE_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
