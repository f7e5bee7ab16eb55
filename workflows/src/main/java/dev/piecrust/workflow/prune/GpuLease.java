package dev.piecrust.workflow.prune;

import dev.piecrust.activity.GpuActivities;
import dev.piecrust.activity.GpuSession;
import dev.piecrust.activity.TaskQueues;
import dev.piecrust.workflow.WorkflowFailures;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.workflow.Workflow;
import java.util.Optional;
import java.util.function.Function;

/**
 * A worker that holds the campaign's model. It is acquired on the shared queue at the first call
 * and, when the worker is lost, anew: the call is then repeated elsewhere, and its checkpoints make
 * the repetition cheap.
 */
final class GpuLease {
  /**
   * How often one call may lose its worker. More than once is bad luck; five times in a row means
   * that this very unit kills its workers, and another one should have its turn.
   */
  static final int MOST_LOSSES = 5;

  private final String campaignId;
  private Optional<GpuActivities> worker = Optional.empty();

  GpuLease(String campaignId) {
    this.campaignId = campaignId;
  }

  /** Calls an activity on the leased worker; fails as the activity did. */
  <T> T call(Function<GpuActivities, T> work) {
    for (int losses = 1; ; losses++) {
      GpuActivities leased = worker.orElseGet(this::acquire);
      worker = Optional.of(leased);
      try {
        return work.apply(leased);
      } catch (ActivityFailure e) {
        if (!workerLost(e)) {
          throw e;
        }
        worker = Optional.empty();
        if (losses == MOST_LOSSES) {
          throw e;
        }
      }
    }
  }

  private GpuActivities acquire() {
    GpuActivities anyWorker =
        Workflow.newActivityStub(GpuActivities.class, PruneOptions.load(TaskQueues.GPU));
    try {
      GpuSession session = anyWorker.loadModel(campaignId);
      return Workflow.newActivityStub(GpuActivities.class, PruneOptions.unit(session.queue()));
    } catch (ActivityFailure e) {
      if (e.getCause() instanceof CanceledFailure canceled) {
        throw canceled;
      }
      throw WorkflowFailures.ending(e);
    }
  }

  /** Nobody fetched the call from the worker's own queue, or its heartbeats ended. */
  private static boolean workerLost(ActivityFailure failure) {
    for (Throwable t = failure.getCause(); t != null; t = t.getCause()) {
      if (t instanceof TimeoutFailure timeout
          && (timeout.getTimeoutType() == TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START
              || timeout.getTimeoutType() == TimeoutType.TIMEOUT_TYPE_HEARTBEAT)) {
        return true;
      }
    }
    return false;
  }
}
