package dev.piecrust.bench.export;

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
    Runtime jvm = Runtime.getRuntime();
    peak = Math.max(peak, jvm.totalMemory() - jvm.freeMemory());
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
