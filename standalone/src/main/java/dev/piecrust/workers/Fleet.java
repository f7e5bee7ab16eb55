package dev.piecrust.workers;

import dev.piecrust.activity.GpuSession;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntSupplier;

/**
 * The devices of one process. All of them poll the queue of loads, and whichever is handed one
 * gives it to the device that is nearest to it: two campaigns never share a device while another is
 * idle. Where all are in use and a device of another process is idle, the load goes back to the
 * queue.
 */
final class Fleet {
  /**
   * How often a load goes back. Each time it may come here again; soon it is better done here than
   * offered on.
   */
  private static final int MOST_OFFERS = 4;

  private static final Duration OFFERED_AGAIN_AFTER = Duration.ofSeconds(1);

  private final List<Device> devices = new ArrayList<>();
  private final BooleanSupplier idleElsewhere;
  private final IntSupplier attempt;

  private record Device(Function<String, GpuSession> loads, Turn turn) {}

  /**
   * @param idleElsewhere whether a device of another process works on nothing
   */
  Fleet(BooleanSupplier idleElsewhere) {
    this(idleElsewhere, () -> Activity.getExecutionContext().getInfo().getAttempt());
  }

  /**
   * @param attempt of the load under way, from 1
   */
  Fleet(BooleanSupplier idleElsewhere, IntSupplier attempt) {
    this.idleElsewhere = idleElsewhere;
    this.attempt = attempt;
  }

  /**
   * Adds a device; before the first load.
   *
   * @param loads on it what a campaign, by its id, needs
   */
  void add(Function<String, GpuSession> loads, Turn turn) {
    devices.add(new Device(loads, turn));
  }

  /** Loads what a campaign needs on the nearest device; fails, to be tried again, as said above. */
  GpuSession load(String campaignId) {
    Device nearest;
    Turn.Place place;
    synchronized (this) { // the next load sees this one in the line
      nearest =
          devices.stream()
              .min(Comparator.comparingInt(device -> device.turn().distance(campaignId)))
              .orElseThrow();
      offerToOthers(nearest.turn().distance(campaignId));
      place = nearest.turn().join(campaignId);
    }
    return place.take(() -> nearest.loads().apply(campaignId));
  }

  private void offerToOthers(int distance) {
    if (distance >= DeviceQueue.BEHIND_OTHERS
        && idleElsewhere.getAsBoolean()
        && attempt.getAsInt() <= MOST_OFFERS) {
      throw ApplicationFailure.newBuilder()
          .setMessage("this device is in use and another is idle")
          .setType("DEVICE_IN_USE")
          .setNextRetryDelay(OFFERED_AGAIN_AFTER)
          .build();
    }
  }
}
