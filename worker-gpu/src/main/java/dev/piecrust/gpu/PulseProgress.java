package dev.piecrust.gpu;

import dev.piecrust.activity.Pulse;
import dev.piecrust.hub.HubDisk;
import dev.piecrust.hub.HubProgress;

/** Says in an activity's heartbeat how far a download is, and ends it with the activity. */
record PulseProgress(Pulse pulse) implements HubProgress {
  @Override
  public void at(String file, long done, long total) {
    pulse.check(
        "downloads %s, %s of %s".formatted(file, HubDisk.readable(done), HubDisk.readable(total)));
  }
}
