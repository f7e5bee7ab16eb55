package dev.piecrust.workflow;

import dev.piecrust.activity.BatchSummary;
import dev.piecrust.activity.GpuActivities;
import dev.piecrust.activity.GpuSession;
import dev.piecrust.activity.PreparedTask;
import dev.piecrust.activity.PruneBatch;
import dev.piecrust.activity.TaskRef;
import java.util.concurrent.atomic.AtomicBoolean;

/** The shared queue of two workers: the first takes the first session, the second all others. */
record FirstThenSecond(GpuActivities first, GpuActivities second, AtomicBoolean taken)
    implements GpuActivities {
  FirstThenSecond(GpuActivities first, GpuActivities second) {
    this(first, second, new AtomicBoolean());
  }

  @Override
  public GpuSession loadModel(String campaignId) {
    return (taken.compareAndSet(false, true) ? first : second).loadModel(campaignId);
  }

  @Override
  public PreparedTask prepareTask(TaskRef task) {
    throw new UnsupportedOperationException("belongs on a session's queue");
  }

  @Override
  public BatchSummary scoreFeatures(PruneBatch batch) {
    throw new UnsupportedOperationException("belongs on a session's queue");
  }

  @Override
  public BatchSummary rerankSynergy(PruneBatch batch) {
    throw new UnsupportedOperationException("belongs on a session's queue");
  }

  @Override
  public BatchSummary chooseCircuits(PruneBatch batch) {
    throw new UnsupportedOperationException("belongs on a session's queue");
  }

  @Override
  public BatchSummary checkCircuits(PruneBatch batch) {
    throw new UnsupportedOperationException("belongs on a session's queue");
  }

  @Override
  public BatchSummary checkFidelity(PruneBatch batch) {
    throw new UnsupportedOperationException("belongs on a session's queue");
  }
}
