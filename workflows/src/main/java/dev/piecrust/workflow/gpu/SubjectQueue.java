package dev.piecrust.workflow.gpu;

import dev.piecrust.activity.FeatureActivities;
import dev.piecrust.activity.GpuActivities;
import dev.piecrust.activity.HostRequest;
import dev.piecrust.activity.SubjectHost;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * The queue of a campaign's subject, from which every device takes that has loaded it. One device
 * is asked first; once it has loaded the subject, as many more as the work that is left can use.
 * What no device takes stays queued, and one request always is: so a device that is free later, or
 * that is new, joins a campaign under way.
 */
final class SubjectQueue implements Devices {
  /**
   * How often one call may lose its device. More than once is bad luck; three times in a row means
   * that this very unit kills its workers. A call that only waited for the device while that was
   * lost is not to blame.
   */
  static final int MOST_LOSSES = 3;

  /** Calls for each host: one in work, one that waits, so that no device idles between two. */
  private static final int FOR_EACH_HOST = 2;

  /** Two calls for each of them are still far from the 500 that Temporal wants to have pending. */
  static final int MOST_HOSTS = 64;

  /**
   * So long a campaign is paused until its requests are withdrawn: longer than the step in which
   * one may have been made, since the server inside the program refuses to cancel what was asked
   * for in the same step.
   */
  private static final Duration WITHDRAWN_AFTER = Duration.ofSeconds(1);

  private final String campaignId;
  private final PauseControl gate;
  private final GpuActivities anyDevice =
      Workflow.newActivityStub(GpuActivities.class, GpuOptions.host(TaskQueues.GPU));
  private final GpuActivities freeDevices =
      Workflow.newActivityStub(GpuActivities.class, GpuOptions.host(TaskQueues.HOSTS));
  private final GpuActivities units;
  private final FeatureActivities features;
  private final String asker = String.valueOf(Workflow.randomUUID());
  private final Set<String> hosts = new HashSet<>();
  private final CompletablePromise<ApplicationFailure> refused = Workflow.newPromise();
  private int most;
  private int lost;
  private final List<CancellationScope> requests = new ArrayList<>();
  private int calls;
  private boolean capsCalls;

  SubjectQueue(String campaignId, String queue, PauseControl gate) {
    this.campaignId = campaignId;
    this.gate = gate;
    this.units = Workflow.newActivityStub(GpuActivities.class, GpuOptions.onSubject(queue));
    this.features = Workflow.newActivityStub(FeatureActivities.class, GpuOptions.onSubject(queue));
  }

  @Override
  public <T> T during(IntSupplier left, Supplier<T> work) {
    capsCalls = Workflow.getVersion("calls-within-cap", Workflow.DEFAULT_VERSION, 1) == 1;
    boolean withdraws = Workflow.getVersion("withdrawn-requests", Workflow.DEFAULT_VERSION, 1) == 1;
    CancellationScope looking =
        Workflow.newCancellationScope(
            () -> {
              if (withdraws) {
                Promise<Void> unused = Async.procedure(this::withdrawWhilePaused);
              }
              lookForHosts(left);
            });
    Promise<Void> unused = Async.procedure(looking::run);
    try {
      return work.get();
    } finally {
      looking.cancel("the work is done");
    }
  }

  private void lookForHosts(IntSupplier left) {
    try {
      while (true) {
        Workflow.await(() -> gate.isOpen() && requests.size() < wanted(left.getAsInt()));
        // When the work is done, those that are left end with the plan.
        CancellationScope request = Workflow.newDetachedCancellationScope(this::ask);
        requests.add(request);
        Promise<Void> unused = Async.procedure(() -> made(request));
      }
    } catch (CanceledFailure e) {
      noMoreHosts(e);
    }
  }

  private void made(CancellationScope request) {
    try {
      request.run();
    } finally {
      requests.remove(request);
    }
  }

  private static void noMoreHosts(CanceledFailure e) {
    Workflow.getLogger(SubjectQueue.class).debug("looks for no more hosts: {}", e.getMessage());
  }

  /** No device loads the subject of a campaign that is paused, least of all in place of another. */
  private void withdrawWhilePaused() {
    try {
      while (true) {
        Workflow.await(() -> !gate.isOpen() && !requests.isEmpty());
        Workflow.sleep(WITHDRAWN_AFTER);
        if (!gate.isOpen()) {
          List.copyOf(requests).forEach(request -> request.cancel("the campaign is paused"));
          Workflow.await(() -> gate.isOpen() || requests.isEmpty());
        }
      }
    } catch (CanceledFailure e) {
      noMoreHosts(e);
    }
  }

  /** How many requests are to be open. */
  private int wanted(int left) {
    if (refused.isCompleted() || living() >= MOST_HOSTS) {
      return 0;
    }
    return Math.max(1, Math.min(left, Math.min(most, MOST_HOSTS)) - living());
  }

  private void ask() {
    GpuActivities devices = hosts.isEmpty() ? anyDevice : freeDevices;
    try {
      SubjectHost host = devices.hostSubject(new HostRequest(campaignId, asker, living()));
      most = host.most();
      if (!hosts.add(host.device())) {
        lost = Math.max(0, lost - 1); // one that was lost is back
      }
    } catch (ActivityFailure e) {
      if (!(e.getCause() instanceof CanceledFailure)) {
        refused.complete(WorkflowFailures.ending(e));
      }
    }
  }

  private int living() {
    return hosts.size() - lost;
  }

  @Override
  public int window() {
    return FOR_EACH_HOST * Math.max(1, Math.min(living(), MOST_HOSTS));
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
        return withinMost(call);
      } catch (ActivityFailure e) {
        if (!LostWorker.is(e)) {
          throw e;
        }
        lost = Math.min(lost + 1, hosts.size());
        if (LostWorker.mayBeLostBy(e) && ++losses == MOST_LOSSES) {
          throw e;
        }
      }
    }
  }

  /**
   * However many devices host the subject, for other campaigns or because two took a request at the
   * same moment: no more of them work for this one at once than it may have.
   */
  private <T> T withinMost(Supplier<T> call) {
    Workflow.await(() -> !capsCalls || calls < Math.max(1, most));
    calls++;
    try {
      return unlessRefused(call);
    } finally {
      calls--;
    }
  }

  /**
   * A device that can never host the subject is the end of every call. A cancelled call is waited
   * for until its device has stopped.
   */
  private <T> T unlessRefused(Supplier<T> call) {
    CompletablePromise<T> answer = Workflow.newPromise();
    CancellationScope scope =
        Workflow.newCancellationScope(() -> answer.completeFrom(Async.function(call::get)));
    scope.run();
    Workflow.newDetachedCancellationScope(
            () -> Workflow.await(() -> answer.isCompleted() || refused.isCompleted()))
        .run();
    if (!answer.isCompleted()) {
      scope.cancel("no device can load the subject");
      throw refused.get();
    }
    return answer.get();
  }
}
