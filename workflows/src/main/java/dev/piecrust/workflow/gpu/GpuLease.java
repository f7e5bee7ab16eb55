package dev.piecrust.workflow.gpu;

import dev.piecrust.activity.FeatureActivities;
import dev.piecrust.activity.GpuActivities;
import dev.piecrust.activity.TaskQueues;
import dev.piecrust.workflow.WorkflowFailures;
import dev.piecrust.workflow.hold.PauseControl;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowSemaphore;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * A worker that holds the campaign's model. It is acquired on the shared queue at the first call
 * and, when the worker is lost, anew: the call is then repeated elsewhere, and its checkpoints make
 * the repetition cheap. Calls may be under way side by side; all that lose the same worker share
 * the next one. Campaigns that programs up to 0.6 began go on like this.
 */
final class GpuLease implements Devices {
  /**
   * How often one call may lose its worker. More than once is bad luck; five times in a row means
   * that this very unit kills its workers, and another one should have its turn. A call that only
   * waited for the device while its worker was lost is not to blame.
   */
  static final int MOST_LOSSES = 5;

  /**
   * Calls under way at once. A device works on one at a time; a few more wait at the worker, so
   * that it never idles between two. All others wait here: on the worker's queue they would be
   * mistaken for calls that nobody takes.
   */
  static final int MOST_CALLS = 4;

  private final String campaignId;
  private final PauseControl gate;
  private final WorkflowSemaphore calls = Workflow.newWorkflowSemaphore(MOST_CALLS);
  private Optional<Leased> worker = Optional.empty();
  private boolean acquiring;

  /** One session; two of them are never the same. */
  private static final class Leased {
    private final GpuActivities units;
    private final FeatureActivities features;

    Leased(String queue) {
      units = Workflow.newActivityStub(GpuActivities.class, GpuOptions.unit(queue));
      features = Workflow.newActivityStub(FeatureActivities.class, GpuOptions.feature(queue));
    }
  }

  /**
   * @param gate what every call, and every repetition of one, has to pass
   */
  GpuLease(String campaignId, PauseControl gate) {
    this.campaignId = campaignId;
    this.gate = gate;
  }

  @Override
  public int window() {
    return 1;
  }

  @Override
  public <T> T during(IntSupplier left, Supplier<T> work) {
    return work.get();
  }

  @Override
  public <T> T call(Function<GpuActivities, T> work) {
    return repeated(leased -> work.apply(leased.units));
  }

  @Override
  public <T> T features(Function<FeatureActivities, T> work) {
    return repeated(leased -> work.apply(leased.features));
  }

  private <T> T repeated(Function<Leased, T> work) {
    calls.acquire();
    try {
      int losses = 0;
      while (true) {
        gate.pass();
        Leased leased = leased();
        try {
          return work.apply(leased);
        } catch (ActivityFailure e) {
          if (!LostWorker.is(e)) {
            throw e;
          }
          worker = worker.filter(held -> held != leased);
          if (LostWorker.mayBeLostBy(e) && ++losses == MOST_LOSSES) {
            throw e;
          }
        }
      }
    } finally {
      calls.release();
    }
  }

  private Leased leased() {
    Workflow.await(() -> !acquiring);
    if (worker.isEmpty()) {
      acquiring = true;
      try {
        worker = Optional.of(acquire());
      } finally {
        acquiring = false;
      }
    }
    return worker.get();
  }

  private Leased acquire() {
    GpuActivities anyWorker =
        Workflow.newActivityStub(GpuActivities.class, GpuOptions.load(TaskQueues.GPU));
    try {
      return new Leased(anyWorker.loadModel(campaignId).queue());
    } catch (ActivityFailure e) {
      if (e.getCause() instanceof CanceledFailure canceled) {
        throw canceled;
      }
      throw WorkflowFailures.ending(e);
    }
  }
}
