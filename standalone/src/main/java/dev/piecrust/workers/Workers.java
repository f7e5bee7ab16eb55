package dev.piecrust.embedded;

import dev.piecrust.activity.ControlActivities;
import dev.piecrust.activity.GpuActivities;
import dev.piecrust.activity.LlmActivities;
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

/**
 * The workers of the embedded program: workflows and book-keeping, one for the device, and one for
 * language models.
 */
final class EmbeddedWorkers implements AutoCloseable {
  /**
   * Activities that may wait for the device at once: more than the campaigns anyone runs side by
   * side on one machine. Waiting costs a thread; {@link OneAtATime} lets one of them work.
   */
  private static final int WAITING_ROOM = 32;

  /**
   * Steps that may ask language models at once: twice what one campaign has under way by default,
   * so that two do not wait for each other. Each costs a thread that mostly waits for the network.
   */
  private static final int LLM_STEPS = 64;

  /** A cancellation is the answer to a heartbeat: at most this late. */
  private static final Duration HEARTBEAT_EVERY = Duration.ofSeconds(1);

  /**
   * A forward pass that cannot be interrupted ends within seconds; then nothing writes any more.
   */
  private static final long STOP_SECONDS = 10;

  private final WorkerFactory factory;

  EmbeddedWorkers(
      WorkflowClient client,
      ControlActivities control,
      GpuWorker gpu,
      String ownQueue,
      LlmActivities llm) {
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
    factory
        .newWorker(TaskQueues.GPU, options(WAITING_ROOM))
        .registerActivitiesImplementations(device);
    factory
        .newWorker(ownQueue, options(WAITING_ROOM))
        .registerActivitiesImplementations(device, new FeaturesInTurn(gpu, turn));
    factory.newWorker(TaskQueues.LLM, options(LLM_STEPS)).registerActivitiesImplementations(llm);
    factory.start();
  }

  private static WorkerOptions options(int atOnce) {
    return WorkerOptions.newBuilder()
        .setMaxConcurrentActivityExecutionSize(atOnce)
        .setMaxHeartbeatThrottleInterval(HEARTBEAT_EVERY)
        .build();
  }

  @Override
  public void close() {
    factory.shutdownNow();
    factory.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
  }
}
