package dev.piecrust.hub;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A body that ends where nothing of it arrives for too long, as if it had been cut off there. */
final class StallGuard extends FilterInputStream {
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "piecrust-hub-watch");
            thread.setDaemon(true);
            return thread;
          });
  private final long patience;
  private volatile long lastNews = System.nanoTime();

  StallGuard(InputStream body, Duration patience) {
    super(body);
    this.patience = patience.toNanos();
    Future<?> unused =
        watch.scheduleWithFixedDelay(
            this::look, this.patience / 2, this.patience / 2, TimeUnit.NANOSECONDS);
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int n = super.read(into, offset, length);
    lastNews = System.nanoTime();
    return n;
  }

  private void look() {
    if (System.nanoTime() - lastNews > patience) {
      try {
        super.close(); // whoever reads finds the end
      } catch (IOException e) {
        watch.shutdown(); // it has ended all the same
      }
    }
  }

  @Override
  public void close() throws IOException {
    watch.shutdownNow();
    super.close();
  }
}
