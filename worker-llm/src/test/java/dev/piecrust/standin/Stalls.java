package dev.piecrust.standin;

import java.util.concurrent.atomic.AtomicLong;

/**
 * For what share of the time this machine gave a thread no processor: other programs, or a host
 * that lends the processors to others. What a test says about time holds where this is small.
 */
public final class Stalls implements AutoCloseable {
  private static final long TICK_MS = 20;
  private static final long TOLERATED_NS = 80_000_000;

  private final long start = System.nanoTime();
  private final AtomicLong stalled = new AtomicLong();
  private final Thread ticker = new Thread(this::tick, "stalls");

  private Stalls() {
    ticker.setDaemon(true);
    ticker.start();
  }

  /** Starts to watch. */
  public static Stalls watch() {
    return new Stalls();
  }

  /** So far, between 0 and 1. */
  public double share() {
    return stalled.get() / (double) (System.nanoTime() - start);
  }

  private void tick() {
    long before = System.nanoTime();
    while (!Thread.currentThread().isInterrupted()) {
      try {
        Thread.sleep(TICK_MS);
      } catch (InterruptedException e) {
        return;
      }
      long now = System.nanoTime();
      stalled.addAndGet(Math.max(0, now - before - TOLERATED_NS));
      before = now;
    }
  }

  @Override
  public void close() {
    ticker.interrupt();
  }
}
