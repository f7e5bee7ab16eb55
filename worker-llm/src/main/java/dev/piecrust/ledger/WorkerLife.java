package dev.piecrust.ledger;

import dev.piecrust.store.ledger.LlmWorkers;
import java.time.Duration;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that this process is alive as long as it is, marks the calls of those as lost that are not,
 * and records ends of calls that could not be recorded at once.
 */
final class WorkerLife implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerLife.class);

  /** A beat is a transaction or two. */
  private static final Duration BEAT_ENDS = Duration.ofSeconds(2);

  private final String id = UUID.randomUUID().toString();
  private final LlmWorkers workers;
  private final LedgerSettings settings;
  private final Queue<Runnable> unrecorded = new ConcurrentLinkedQueue<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "piecrust-llm-beat");
            thread.setDaemon(true);
            return thread;
          });

  private final ScheduledFuture<?> beating;
  private volatile boolean draining;

  WorkerLife(LlmWorkers workers, LedgerSettings settings) {
    this.workers = workers;
    this.settings = settings;
    workers.beat(id);
    workers.bury(settings.silence());
    long millis = settings.beat().toMillis();
    beating = clock.scheduleAtFixedRate(this::beat, millis, millis, TimeUnit.MILLISECONDS);
  }

  /** Records the end of a call; where the database does not answer, at a later beat. */
  void end(Runnable record) {
    try {
      record.run();
    } catch (RuntimeException e) {
      unrecorded.add(record);
      throw e;
    }
  }

  /** Records what nobody waits for; where the database does not answer, at a later beat. */
  void note(Runnable record) {
    try {
      record.run();
    } catch (RuntimeException e) {
      unrecorded.add(record);
    }
  }

  /** The process is about to stop. */
  void drain() {
    draining = true;
  }

  boolean isDraining() {
    return draining;
  }

  /** This process's name in the ledger. */
  String id() {
    return id;
  }

  /** A beat that fails is followed by others: nothing is lost by one. */
  private void beat() {
    try {
      workers.beat(id);
      recordTheRest();
      int lost = workers.bury(settings.silence());
      if (lost > 0) {
        LOG.warn("{} calls of workers that died may have been paid for", lost);
      }
    } catch (RuntimeException e) {
      LOG.warn("a sign of life could not be given: {}", e.getMessage());
    }
  }

  private void recordTheRest() {
    for (Runnable record = unrecorded.peek(); record != null; record = unrecorded.peek()) {
      record.run();
      unrecorded.remove();
    }
  }

  /** Nobody has to wait for the silence of a process that says goodbye. */
  @Override
  public void close() {
    draining = true;
    beating.cancel(false);
    // Not at once: a beat that is under way is worth its moment.
    clock.shutdown();
    try {
      boolean unused = clock.awaitTermination(BEAT_ENDS.toMillis(), TimeUnit.MILLISECONDS);
      recordTheRest();
      int lost = workers.leave(id);
      if (lost > 0) {
        LOG.warn("{} calls that were under way at the end may have been paid for", lost);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warn("the end could not be recorded, and is noticed later: {}", e.getMessage());
    }
  }
}
