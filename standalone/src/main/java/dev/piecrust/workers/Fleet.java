package dev.piecrust.workers;

import dev.piecrust.activity.GpuActivities;
import dev.piecrust.activity.GpuSession;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The devices of one process. All of them poll the queue of loads, and whichever is handed one
 * gives it to the device that is nearest to it: two campaigns never share a device while another is
 * idle.
 */
final class Fleet {
  private final List<Device> devices = new ArrayList<>();

  private record Device(GpuActivities gpu, Turn turn) {}

  /** Adds a device; before the first load. */
  void add(GpuActivities gpu, Turn turn) {
    devices.add(new Device(gpu, turn));
  }

  /** Loads what a campaign needs on the nearest device. */
  GpuSession load(String campaignId) {
    Device nearest;
    Turn.Place place;
    synchronized (this) { // the next load sees this one in the line
      nearest =
          devices.stream()
              .min(Comparator.comparingInt(device -> device.turn().distance(campaignId)))
              .orElseThrow();
      place = nearest.turn().join(campaignId);
    }
    return place.take(() -> nearest.gpu().loadModel(campaignId));
  }
}
