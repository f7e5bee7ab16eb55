package dev.piecrust.view;

import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.campaign.StageProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works something out about campaigns, one at a time and beside the pages: for each that has ended
 * once, and for one that runs again when it went on, but for a tenth of the time at most; until
 * then the last value stands. What failed is tried again when it is asked for again.
 */
public final class WorkedOut<V> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkedOut.class);
  private static final int KEPT = 100;
  private static final int REST = 9;

  /** How long a page waits for what is being worked out. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Function<String, V> work;
  private final Recent<String, Value<V>> known = new Recent<>(KEPT);
  private final ExecutorService thread;

  /** How far a campaign had come. */
  private record Version(Optional<Instant> ended, Optional<Instant> updated) {
    static Version of(CampaignStatus status) {
      return new Version(
          status.finishedAt().filter(at -> status.state().ended()),
          status.stages().stream()
              .map(StageProgress::updatedAt)
              .flatMap(Optional::stream)
              .max(Instant::compareTo));
    }
  }

  /**
   * What is known of a version of a campaign.
   *
   * @param restUntil by the clock of {@link System#nanoTime}; once it is done
   * @param before of an earlier version
   */
  private record Value<V>(
      Version version,
      CompletableFuture<V> future,
      CompletableFuture<Long> restUntil,
      Optional<CompletableFuture<V>> before) {
    boolean rested() {
      return restUntil.isDone() && System.nanoTime() - restUntil.join() >= 0;
    }
  }

  /**
   * @param name of the thread
   * @param work by the campaign's id
   */
  public WorkedOut(String name, Function<String, V> work) {
    this.work = work;
    this.thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread daemon = new Thread(task, name);
              daemon.setDaemon(true);
              return daemon;
            });
  }

  /** What is or will be known of a campaign; of one that runs, what was last known. */
  public synchronized CompletableFuture<V> of(CampaignStatus status) {
    Version version = Version.of(status);
    Optional<Value<V>> last = known.find(status.id());
    Value<V> value =
        last.filter(v -> !v.future().isCompletedExceptionally())
            .filter(v -> v.version().equals(version) || (version.ended().isEmpty() && !v.rested()))
            .orElseGet(() -> begin(status.id(), version, last));
    return value.future().isDone() || version.ended().isPresent()
        ? value.future()
        : value.before().orElse(value.future());
  }

  /**
   * The same for a page, which does not wait for long; absent where it would have to, or failed.
   */
  public Optional<V> soon(CampaignStatus status) {
    try {
      return Optional.of(of(status).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty();
    }
  }

  private Value<V> begin(String id, Version version, Optional<Value<V>> last) {
    CompletableFuture<Long> restUntil = new CompletableFuture<>();
    CompletableFuture<V> future =
        CompletableFuture.supplyAsync(
                () -> {
                  long start = System.nanoTime();
                  try {
                    return work.apply(id);
                  } finally {
                    long end = System.nanoTime();
                    restUntil.complete(end + REST * Duration.ofNanos(end - start).toNanos());
                  }
                },
                thread)
            .whenComplete(
                (result, failure) -> {
                  if (failure != null) {
                    LOG.info("{} could not be worked out: {}", id, failure.getMessage());
                  }
                });
    Value<V> value =
        new Value<>(
            version,
            future,
            restUntil,
            last.map(Value::future)
                .filter(WorkedOut::succeeded)
                .or(() -> last.flatMap(Value::before)));
    known.keep(id, value);
    return value;
  }

  private static boolean succeeded(CompletableFuture<?> future) {
    return future.isDone() && !future.isCompletedExceptionally();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
