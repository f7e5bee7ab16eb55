package dev.piecrust.embedded;

import dev.piecrust.activity.BatchSummary;
import dev.piecrust.activity.GpuActivities;
import dev.piecrust.activity.GpuSession;
import dev.piecrust.activity.PreparedTask;
import dev.piecrust.activity.PruneBatch;
import dev.piecrust.activity.TaskRef;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import io.temporal.activity.Activity;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Gives the device to one activity at a time, in the order of asking. The others wait here, inside
 * their activity and with heartbeats, so that on the queue a busy worker is never mistaken for a
 * lost one.
 */
final class OneAtATime implements GpuActivities {
  /** Well under every heartbeat timeout, and soon enough to notice a cancellation. */
  private static final long BEAT_SECONDS = 2;

  private final GpuActivities device;
  private final Runnable heartbeat;
  private final Semaphore turn = new Semaphore(1, true);

  OneAtATime(GpuActivities device) {
    this(device, () -> Activity.getExecutionContext().heartbeat("waiting for the device"));
  }

  OneAtATime(GpuActivities device, Runnable heartbeat) {
    this.device = device;
    this.heartbeat = heartbeat;
  }

  @Override
  public GpuSession loadModel(String campaignId) {
    return inTurn(() -> device.loadModel(campaignId));
  }

  @Override
  public PreparedTask prepareTask(TaskRef task) {
    return inTurn(() -> device.prepareTask(task));
  }

  @Override
  public BatchSummary scoreFeatures(PruneBatch batch) {
    return inTurn(() -> device.scoreFeatures(batch));
  }

  @Override
  public BatchSummary rerankSynergy(PruneBatch batch) {
    return inTurn(() -> device.rerankSynergy(batch));
  }

  @Override
  public BatchSummary chooseCircuits(PruneBatch batch) {
    return inTurn(() -> device.chooseCircuits(batch));
  }

  @Override
  public BatchSummary checkCircuits(PruneBatch batch) {
    return inTurn(() -> device.checkCircuits(batch));
  }

  @Override
  public BatchSummary checkFidelity(PruneBatch batch) {
    return inTurn(() -> device.checkFidelity(batch));
  }

  private <T> T inTurn(Supplier<T> work) {
    try {
      while (!turn.tryAcquire(BEAT_SECONDS, TimeUnit.SECONDS)) {
        heartbeat.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PieCrustException(FailureCategory.EXTERNAL, "the program is shutting down", e);
    }
    try {
      return work.get();
    } finally {
      turn.release();
    }
  }
}
