package dev.piecrust.workflow.gpu;

import dev.piecrust.activity.FeatureActivities;
import dev.piecrust.activity.GpuActivities;
import dev.piecrust.activity.GpuSession;
import dev.piecrust.activity.HostRequest;
import dev.piecrust.activity.TaskQueues;
import dev.piecrust.workflow.WorkflowFailures;
import dev.piecrust.workflow.hold.PauseControl;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The queue of a campaign's subject, from which every device takes that has loaded it. One request
 * for a host is always open: whichever device answers it takes work from then on, and the next
 * request is made. So a device that is free later, or that is new, joins a campaign under way.
 */
final class SubjectQueue implements Devices {
  /**
   * How often one call may lose its device. More than once is bad luck; three times in a row means
   * that this very unit kills its workers. A call that only waited for the device while that was
   * lost is not to blame.
   */
  static final int MOST_LOSSES = 3;

  /** Batches for each host: one in work, one that waits, so that no device idles between two. */
  private static final int FOR_EACH_HOST = 2;

  /** Temporal wants fewer than 500 activities pending; 32 devices are busy with this. */
  static final int MOST_AT_ONCE = 64;

  private final String campaignId;
  private final PauseControl gate;
  private final GpuActivities anyDevice =
      Workflow.newActivityStub(GpuActivities.class, GpuOptions.host(TaskQueues.GPU));
  private final GpuActivities units;
  private final FeatureActivities features;
  private final List<String> hosts = new ArrayList<>();
  private final CompletablePromise<ApplicationFailure> refused = Workflow.newPromise();

  SubjectQueue(String campaignId, String queue, PauseControl gate) {
    this.campaignId = campaignId;
    this.gate = gate;
    this.units = Workflow.newActivityStub(GpuActivities.class, GpuOptions.onSubject(queue));
    this.features = Workflow.newActivityStub(FeatureActivities.class, GpuOptions.onSubject(queue));
  }

  @Override
  public <T> T during(Supplier<T> work) {
    CancellationScope requests = Workflow.newCancellationScope(this::lookForHosts);
    Promise<Void> unused = Async.procedure(requests::run);
    try {
      return work.get();
    } finally {
      requests.cancel("the work is done");
    }
  }

  private void lookForHosts() {
    try {
      while (hosts.size() < MOST_AT_ONCE) {
        gate.pass();
        GpuSession host = anyDevice.hostSubject(new HostRequest(campaignId, hosts));
        hosts.add(host.queue());
      }
    } catch (ActivityFailure e) {
      if (!(e.getCause() instanceof CanceledFailure)) {
        refused.complete(WorkflowFailures.ending(e));
      }
    } catch (CanceledFailure e) {
      Workflow.getLogger(SubjectQueue.class).debug("looks for no more hosts: {}", e.getMessage());
    }
  }

  @Override
  public int window() {
    return Math.max(FOR_EACH_HOST, Math.min(FOR_EACH_HOST * hosts.size(), MOST_AT_ONCE));
  }

  @Override
  public <T> T call(Function<GpuActivities, T> work) {
    return repeated(() -> work.apply(units));
  }

  @Override
  public <T> T features(Function<FeatureActivities, T> work) {
    return repeated(() -> work.apply(features));
  }

  private <T> T repeated(Supplier<T> call) {
    int losses = 0;
    while (true) {
      gate.pass();
      try {
        return unlessRefused(call);
      } catch (ActivityFailure e) {
        if (!LostWorker.is(e) || (LostWorker.mayBeLostBy(e) && ++losses == MOST_LOSSES)) {
          throw e;
        }
      }
    }
  }

  /** A device that can never host the subject is the end of every call. */
  private <T> T unlessRefused(Supplier<T> call) {
    CompletablePromise<T> answer = Workflow.newPromise();
    CancellationScope scope =
        Workflow.newCancellationScope(() -> answer.completeFrom(Async.function(call::get)));
    scope.run();
    Workflow.await(() -> answer.isCompleted() || refused.isCompleted());
    if (!answer.isCompleted()) {
      scope.cancel("no device can load the subject");
      throw refused.get();
    }
    return answer.get();
  }
}
