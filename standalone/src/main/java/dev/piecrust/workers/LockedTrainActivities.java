package dev.piecrust.workers;

import dev.piecrust.activity.TrainActivities;
import dev.piecrust.activity.TrainPart;
import dev.piecrust.activity.TrainProgress;
import java.util.function.Consumer;

/** Gives the device to a training for one part; see {@link LockedGpuActivities}. */
final class LockedTrainActivities implements TrainActivities {
  private final TrainActivities device;
  private final DeviceLock turn;
  private final Consumer<String> download;

  /**
   * @param download brings what a campaign, by its id, needs; nobody waits for the device meanwhile
   */
  LockedTrainActivities(TrainActivities device, DeviceLock turn, Consumer<String> download) {
    this.device = device;
    this.turn = turn;
    this.download = download;
  }

  @Override
  public TrainProgress train(TrainPart part) {
    download.accept(part.campaignId());
    return turn.take(part.campaignId(), () -> device.train(part));
  }
}
