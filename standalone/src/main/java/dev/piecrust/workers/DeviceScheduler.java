package dev.piecrust.workers;

import dev.piecrust.activity.GpuSession;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.Failures;
import dev.piecrust.store.process.ProcessSign;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The devices of one process. All of them poll the queue of loads, and whichever is handed one
 * gives it to the device that is nearest to it: two campaigns never share a device while another is
 * idle. Where another process may do better, because all devices here are in use and it has an idle
 * one, or because there is no room here, the load goes back to the queue.
 */
final class DeviceScheduler {
  /**
   * How often a load goes back to an idle device. Each time it may come here again; soon it is
   * better done here than offered on.
   */
  private static final int MOST_TO_IDLE = 4;

  private static final Duration TO_IDLE_AFTER = Duration.ofSeconds(1);

  /**
   * How often it goes back to a larger machine: one time less than a load is tried, so that the
   * last one says what is missing.
   */
  private static final int MOST_TO_LARGER = 7;

  private static final Duration TO_LARGER_AFTER = Duration.ofSeconds(5);

  private final List<Device> devices = new ArrayList<>();
  private final Supplier<List<ProcessSign>> elsewhere;
  private final IntSupplier attempt;

  private record Device(Function<String, GpuSession> loads, DeviceLock turn) {}

  /**
   * @param elsewhere the other processes that have a device
   */
  DeviceScheduler(Supplier<List<ProcessSign>> elsewhere) {
    this(elsewhere, () -> Activity.getExecutionContext().getInfo().getAttempt());
  }

  /**
   * @param attempt of the load under way, from 1
   */
  DeviceScheduler(Supplier<List<ProcessSign>> elsewhere, IntSupplier attempt) {
    this.elsewhere = elsewhere;
    this.attempt = attempt;
  }

  /**
   * Adds a device; before the first load.
   *
   * @param loads on it what a campaign, by its id, needs
   */
  void add(Function<String, GpuSession> loads, DeviceLock turn) {
    devices.add(new Device(loads, turn));
  }

  /**
   * Loads what a campaign needs on the nearest device; fails, to be tried again, as said above.
   *
   * @param download brings it to this machine first
   */
  GpuSession load(String campaignId, Consumer<String> download) {
    try {
      download.accept(campaignId);
      return onNearest(campaignId);
    } catch (RuntimeException e) {
      if (Failures.categoryOf(e) == FailureCategory.RESOURCES
          && !elsewhere.get().isEmpty()
          && attempt.getAsInt() <= MOST_TO_LARGER) {
        throw goesBack("this machine has no room and another may", TO_LARGER_AFTER, e);
      }
      throw e;
    }
  }

  private GpuSession onNearest(String campaignId) {
    Device nearest;
    DeviceLock.Place place;
    synchronized (this) { // the next load sees this one in the line
      nearest =
          devices.stream()
              .min(Comparator.comparingInt(device -> device.turn().distance(campaignId)))
              .orElseThrow();
      if (nearest.turn().distance(campaignId) >= DeviceQueue.BEHIND_OTHERS
          && elsewhere.get().stream().anyMatch(process -> process.running().isEmpty())
          && attempt.getAsInt() <= MOST_TO_IDLE) {
        throw goesBack("this device is in use and another is idle", TO_IDLE_AFTER, null);
      }
      place = nearest.turn().join(campaignId);
    }
    return place.take(() -> nearest.loads().apply(campaignId));
  }

  private static ApplicationFailure goesBack(
      String reason, Duration after, @Nullable Throwable cause) {
    return ApplicationFailure.newBuilder()
        .setMessage(reason)
        .setType("BETTER_ELSEWHERE")
        .setCause(cause)
        .setNextRetryDelay(after)
        .build();
  }
}
