package dev.piecrust.workflow;

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
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The shared queue of several workers: each takes a session in turn, the last all others. */
record SessionsInTurn(List<GpuActivities> workers, AtomicInteger taken) implements GpuActivities {
  SessionsInTurn(List<GpuActivities> workers) {
    this(List.copyOf(workers), new AtomicInteger());
  }

  /** The first takes the first session, the second all others. */
  SessionsInTurn(GpuActivities first, GpuActivities second) {
    this(List.of(first, second));
  }

  @Override
  public GpuSession loadModel(String campaignId) {
    int turn = Math.min(taken.getAndIncrement(), workers.size() - 1);
    return workers.get(turn).loadModel(campaignId);
  }

  @Override
  public SubjectHost hostSubject(HostRequest request) {
    throw new UnsupportedOperationException("asked only by campaigns with a subject's queue");
  }

  @Override
  public BatchSummary pruneBatch(PruneBatch batch) {
    throw new UnsupportedOperationException("belongs on a subject's queue");
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
  public CircuitQuestions askCircuits(PruneBatch task) {
    throw new UnsupportedOperationException("belongs on a session's queue");
  }

  @Override
  public void measureCircuits(CircuitShard shard) {
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
