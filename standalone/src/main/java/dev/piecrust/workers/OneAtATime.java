package dev.piecrust.workers;

import dev.piecrust.activity.BatchSummary;
import dev.piecrust.activity.GpuActivities;
import dev.piecrust.activity.GpuSession;
import dev.piecrust.activity.PreparedTask;
import dev.piecrust.activity.PruneBatch;
import dev.piecrust.activity.TaskRef;

/**
 * Gives the device to one activity at a time, in the order of asking. The others wait here, inside
 * their activity and with heartbeats, so that on the queue a busy worker is never mistaken for a
 * lost one.
 */
final class OneAtATime implements GpuActivities {
  private final GpuActivities device;
  private final Turn turn;

  OneAtATime(GpuActivities device, Turn turn) {
    this.device = device;
    this.turn = turn;
  }

  @Override
  public GpuSession loadModel(String campaignId) {
    return turn.take(() -> device.loadModel(campaignId));
  }

  @Override
  public PreparedTask prepareTask(TaskRef task) {
    return turn.take(() -> device.prepareTask(task));
  }

  @Override
  public BatchSummary scoreFeatures(PruneBatch batch) {
    return turn.take(() -> device.scoreFeatures(batch));
  }

  @Override
  public BatchSummary rerankSynergy(PruneBatch batch) {
    return turn.take(() -> device.rerankSynergy(batch));
  }

  @Override
  public BatchSummary chooseCircuits(PruneBatch batch) {
    return turn.take(() -> device.chooseCircuits(batch));
  }

  @Override
  public BatchSummary checkCircuits(PruneBatch batch) {
    return turn.take(() -> device.checkCircuits(batch));
  }

  @Override
  public BatchSummary checkFidelity(PruneBatch batch) {
    return turn.take(() -> device.checkFidelity(batch));
  }
}
