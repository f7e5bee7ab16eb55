package dev.piecrust.workers;

import dev.piecrust.activity.BatchSummary;
import dev.piecrust.activity.CircuitQuestions;
import dev.piecrust.activity.CircuitShard;
import dev.piecrust.activity.GpuActivities;
import dev.piecrust.activity.GpuSession;
import dev.piecrust.activity.HostRequest;
import dev.piecrust.activity.PreparedTask;
import dev.piecrust.activity.PruneBatch;
import dev.piecrust.activity.SubjectHost;
import dev.piecrust.activity.TaskRef;
import java.util.function.Consumer;

/**
 * Gives the device to one activity at a time. The others wait here, inside their activity and with
 * heartbeats, so that on the queue a busy worker is never mistaken for a lost one.
 */
final class LockedGpuActivities implements GpuActivities {
  private final GpuActivities device;
  private final DeviceLock turn;
  private final DeviceScheduler fleet;
  private final Consumer<String> download;
  private final Hosting subject;

  /** What a campaign, by its id, needs hosts for. */
  interface Hosting {
    /** The queue of its subject. */
    String queue(String campaignId);

    /** How many hosts it may have. */
    int most(String campaignId);
  }

  /**
   * @param fleet the devices among which loads are spread, this one among them
   * @param download brings what a campaign, by its id, needs; nobody waits for the device meanwhile
   * @param subject of a campaign
   */
  LockedGpuActivities(
      GpuActivities device,
      DeviceLock turn,
      DeviceScheduler fleet,
      Consumer<String> download,
      Hosting subject) {
    this.device = device;
    this.turn = turn;
    this.fleet = fleet;
    this.download = download;
    this.subject = subject;
  }

  @Override
  public GpuSession loadModel(String campaignId) {
    return fleet.load(campaignId, download);
  }

  @Override
  public SubjectHost hostSubject(HostRequest request) {
    return fleet.host(
        request, subject.queue(request.campaignId()), subject.most(request.campaignId()), download);
  }

  @Override
  public PreparedTask prepareTask(TaskRef task) {
    return turn.take(task.campaignId(), () -> device.prepareTask(task));
  }

  @Override
  public BatchSummary scoreFeatures(PruneBatch batch) {
    return turn.take(batch.campaignId(), () -> device.scoreFeatures(batch));
  }

  @Override
  public BatchSummary rerankSynergy(PruneBatch batch) {
    return turn.take(batch.campaignId(), () -> device.rerankSynergy(batch));
  }

  @Override
  public BatchSummary pruneBatch(PruneBatch batch) {
    return turn.take(batch.campaignId(), () -> device.pruneBatch(batch));
  }

  @Override
  public CircuitQuestions askCircuits(PruneBatch task) {
    return turn.take(task.campaignId(), () -> device.askCircuits(task));
  }

  @Override
  public void measureCircuits(CircuitShard shard) {
    turn.take(
        shard.batch().campaignId(),
        () -> {
          device.measureCircuits(shard);
          return shard;
        });
  }

  @Override
  public BatchSummary chooseCircuits(PruneBatch batch) {
    return turn.take(batch.campaignId(), () -> device.chooseCircuits(batch));
  }

  @Override
  public BatchSummary checkCircuits(PruneBatch batch) {
    return turn.take(batch.campaignId(), () -> device.checkCircuits(batch));
  }

  @Override
  public BatchSummary checkFidelity(PruneBatch batch) {
    return turn.take(batch.campaignId(), () -> device.checkFidelity(batch));
  }
}
