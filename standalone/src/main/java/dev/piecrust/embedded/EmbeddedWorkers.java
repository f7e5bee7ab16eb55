package dev.piecrust.embedded;

import dev.piecrust.activity.ControlActivities;
import dev.piecrust.activity.GpuActivities;
import dev.piecrust.activity.TaskQueues;
import dev.piecrust.gpu.GpuWorker;
import dev.piecrust.workflow.campaign.CampaignWorkflowImpl;
import dev.piecrust.workflow.evaluate.EvaluateWorkflowImpl;
import dev.piecrust.workflow.interpret.InterpretWorkflowImpl;
import dev.piecrust.workflow.prune.PruneWorkflowImpl;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The workers of the embedded program: workflows and book-keeping, and one for the device. */
final class EmbeddedWorkers implements AutoCloseable {
  /**
   * Activities that may wait for the device at once: more than the campaigns anyone runs side by
   * side on one machine. Waiting costs a thread; {@link OneAtATime} lets one of them work.
   */
  private static final int WAITING_ROOM = 32;

  /** A cancellation is the answer to a heartbeat: at most this late. */
  private static final Duration HEARTBEAT_EVERY = Duration.ofSeconds(1);

  /**
   * A forward pass that cannot be interrupted ends within seconds; then nothing writes any more.
   */
  private static final long STOP_SECONDS = 10;

  private final WorkerFactory factory;

  EmbeddedWorkers(
      WorkflowClient client, ControlActivities control, GpuWorker gpu, String ownQueue) {
    factory = WorkerFactory.newInstance(client);
    Worker plans = factory.newWorker(TaskQueues.CONTROL);
    plans.registerWorkflowImplementationTypes(
        CampaignWorkflowImpl.class,
        PruneWorkflowImpl.class,
        InterpretWorkflowImpl.class,
        EvaluateWorkflowImpl.class);
    plans.registerActivitiesImplementations(control);
    Turn turn = new Turn();
    GpuActivities device = new OneAtATime(gpu, turn);
    factory.newWorker(TaskQueues.GPU, options()).registerActivitiesImplementations(device);
    factory
        .newWorker(ownQueue, options())
        .registerActivitiesImplementations(device, new FeaturesInTurn(gpu, turn));
    factory.start();
  }

  private static WorkerOptions options() {
    return WorkerOptions.newBuilder()
        .setMaxConcurrentActivityExecutionSize(WAITING_ROOM)
        .setMaxHeartbeatThrottleInterval(HEARTBEAT_EVERY)
        .build();
  }

  @Override
  public void close() {
    factory.shutdownNow();
    factory.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
  }
}
