package dev.piecrust.bench.export;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Objects;

/** Watches what is alive in the heap, by a collection each second. */
final class LiveHeap implements AutoCloseable {
  private static final long PAUSE_MS = 1000;

  private final Thread watch;
  private long peak;

  LiveHeap() {
    look();
    watch = new Thread(this::watch, "piecrust-heap");
    watch.setDaemon(true);
    watch.start();
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(PAUSE_MS);
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it was closed
    }
  }

  private synchronized void look() {
    System.gc();
    long alive =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getCollectionUsage)
            .filter(Objects::nonNull)
            .mapToLong(MemoryUsage::getUsed)
            .sum();
    peak = Math.max(peak, alive);
  }

  /** The most so far, in bytes. */
  synchronized long peak() {
    return peak;
  }

  @Override
  public void close() {
    watch.interrupt();
  }
}
