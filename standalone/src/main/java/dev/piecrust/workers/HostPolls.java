package dev.piecrust.workers;

import io.temporal.worker.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A process's polls for requests for further hosts. They rest where none of its devices is free:
 * the requests then wait on the server for a device elsewhere, and the first that comes has one at
 * once.
 */
final class HostPolls {
  private final List<Worker> polls = new ArrayList<>();
  private boolean resting;

  synchronized void add(Worker poll) {
    polls.add(poll);
  }

  /** Rests for so long from now on, where it does not rest already. */
  synchronized void rest(Duration time) {
    if (!resting) {
      resting = true;
      polls.forEach(Worker::suspendPolling);
      CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS).execute(this::goOn);
    }
  }

  private synchronized void goOn() {
    resting = false;
    polls.forEach(Worker::resumePolling);
  }
}
