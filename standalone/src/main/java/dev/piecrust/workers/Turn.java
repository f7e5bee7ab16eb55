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
final class Turn {
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
  Turn(Function<String, Object> subjectOf, Timer waits) {
    this(
        subjectOf,
        () -> Activity.getExecutionContext().heartbeat(Pulse.WAITING),
        waits,
        new DeviceQueue(System::nanoTime));
  }

  Turn(Function<String, Object> subjectOf, Runnable heartbeat, Timer waits, DeviceQueue queue) {
    this.subjectOf = subjectOf;
    this.heartbeat = heartbeat;
    this.waits = waits;
    this.queue = queue;
  }

  /** Does a campaign's work when its turn has come. */
  <T> T take(String campaignId, Supplier<T> work) {
    long askedAt = System.nanoTime();
    DeviceQueue.Ticket ticket = queue.join(subjectOf.apply(campaignId));
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
