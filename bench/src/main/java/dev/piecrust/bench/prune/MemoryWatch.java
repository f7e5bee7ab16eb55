package dev.piecrust.bench.prune;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Watches this process's resident memory, mapped file pages apart, as Linux counts it; elsewhere it
 * sees nothing.
 */
final class MemoryWatch implements AutoCloseable {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final long PERIOD_MILLIS = 20;

  /** The largest seen so far, in bytes; 0 where the system does not tell. */
  private volatile long anonymous;

  private volatile long file;

  /** The largest own memory since the last lap. */
  private long lap;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "piecrust-memory");
            thread.setDaemon(true);
            return thread;
          });

  static MemoryWatch start() {
    MemoryWatch watch = new MemoryWatch();
    watch.look();
    Future<?> unused =
        watch.timer.scheduleAtFixedRate(
            watch::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    return watch;
  }

  private synchronized void look() {
    try {
      if (Files.isReadable(STATUS)) {
        for (String line : Files.readAllLines(STATUS)) {
          if (line.startsWith("RssAnon:")) {
            lap = Math.max(lap, kilobytes(line));
            anonymous = Math.max(anonymous, lap);
          } else if (line.startsWith("RssFile:")) {
            file = Math.max(file, kilobytes(line));
          }
        }
      }
    } catch (IOException e) {
      timer.shutdown(); // what was seen so far stands
    }
  }

  private static long kilobytes(String line) {
    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
  }

  /** The most memory of its own that the process held so far, in bytes. */
  long anonymous() {
    look();
    return anonymous;
  }

  /** The most memory of its own that the process held since this was last asked, in bytes. */
  synchronized long lap() {
    look();
    long most = lap;
    lap = 0;
    return most;
  }

  /** The most mapped file pages that were resident so far, in bytes. */
  long file() {
    look();
    return file;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
