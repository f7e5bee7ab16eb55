package dev.piecrust.workers;

import dev.piecrust.activity.Pulse;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import io.micrometer.core.instrument.Timer;
import io.temporal.activity.Activity;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The turn on the device: one activity has it, the others wait for it with heartbeats. {@link
 * DeviceQueue} decides who is next.
 */
final class DeviceLock {
  /** Well under every heartbeat timeout, and soon enough to notice a cancellation. */
  private static final long BEAT_MS = 1_000;

  private final Function<String, Object> subjectOf;
  private final Runnable heartbeat;
  private final Timer waits;
  private final DeviceQueue queue;

  /**
   * @param subjectOf what a campaign, by its id, needs on the device; equal for those that share it
   * @param waits how long each one waited
   */
  DeviceLock(Function<String, Object> subjectOf, Timer waits) {
    this(
        subjectOf,
        () -> Activity.getExecutionContext().heartbeat(Pulse.WAITING),
        waits,
        new DeviceQueue(System::nanoTime));
  }

  DeviceLock(
      Function<String, Object> subjectOf, Runnable heartbeat, Timer waits, DeviceQueue queue) {
    this.subjectOf = subjectOf;
    this.heartbeat = heartbeat;
    this.waits = waits;
    this.queue = queue;
  }

  /** Does a campaign's work when its turn has come. */
  <T> T take(String campaignId, Supplier<T> work) {
    return join(campaignId).take(work);
  }

  /** How much is in the way of a campaign's first work here; the least is best, 0 is nothing. */
  int distance(String campaignId) {
    return queue.distance(subjectOf.apply(campaignId));
  }

  /** Whether nothing was done here for a while, and nobody waits. */
  boolean isIdle() {
    return queue.isIdle();
  }

  /** Stands in line for a campaign, whose work then has to be done. */
  Place join(String campaignId) {
    return new Place(queue.join(subjectOf.apply(campaignId)));
  }

  /** A place in the line. */
  final class Place {
    private final long askedAt = System.nanoTime();
    private final DeviceQueue.Ticket ticket;

    private Place(DeviceQueue.Ticket ticket) {
      this.ticket = ticket;
    }

    /** Does the work when its turn has come. */
    <T> T take(Supplier<T> work) {
      try {
        while (!ticket.await(BEAT_MS)) {
          heartbeat.run();
        }
        waits.record(System.nanoTime() - askedAt, TimeUnit.NANOSECONDS);
        return work.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new PieCrustException(FailureCategory.EXTERNAL, "the program is shutting down", e);
      } finally {
        ticket.leave();
      }
    }
  }
}
