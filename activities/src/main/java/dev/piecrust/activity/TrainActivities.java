package dev.piecrust.activity;

import io.temporal.activity.ActivityInterface;

/** Training on a GPU worker; on the shared queue, whichever device is free first. */
@ActivityInterface
public interface TrainActivities {
  /**
   * Trains the campaign's transcoder up to the end of a part, from the last checkpoint. With the
   * last part it is measured on held-out text, and its folder is whole. Heartbeats, can be
   * cancelled, and does nothing twice.
   */
  TrainProgress train(TrainPart part);
}
