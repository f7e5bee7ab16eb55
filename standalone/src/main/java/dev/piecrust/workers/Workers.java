package dev.piecrust.workers;

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

/** The Temporal workers of one process: some of workflows, a device, and language models. */
public final class Workers implements AutoCloseable {
  /**
   * Activities that may wait for the device at once: more than the campaigns anyone runs side by
   * side on one machine. Waiting costs a thread; {@link OneAtATime} lets one of them work.
   */
  private static final int WAITING_ROOM = 32;

  /**
   * Models that a device loads, or waits to load, at once. A second campaign may wait for its turn
   * here; more would keep it from devices that are free.
   */
  private static final int LOADS = 2;

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
  private final Duration drain;

  /**
   * @param drain how long what is under way may go on when the process stops
   */
  public Workers(WorkflowClient client, Duration drain) {
    this.factory = WorkerFactory.newInstance(client);
    this.drain = drain;
  }

  /** Workflows, and the book-keeping beside them. */
  public Workers control(ControlActivities control) {
    Worker plans = factory.newWorker(TaskQueues.CONTROL);
    plans.registerWorkflowImplementationTypes(
        CampaignWorkflowImpl.class,
        PruneWorkflowImpl.class,
        InterpretWorkflowImpl.class,
        EvaluateWorkflowImpl.class);
    plans.registerActivitiesImplementations(control);
    return this;
  }

  /**
   * One device, which works on one activity at a time.
   *
   * @param ownQueue a queue that no other process takes from
   */
  public Workers device(GpuWorker gpu, String ownQueue) {
    Turn turn = new Turn();
    GpuActivities device = new OneAtATime(gpu, turn);
    factory.newWorker(TaskQueues.GPU, options(LOADS)).registerActivitiesImplementations(device);
    factory
        .newWorker(ownQueue, options(WAITING_ROOM))
        .registerActivitiesImplementations(device, new FeaturesInTurn(gpu, turn));
    return this;
  }

  /** Questions to language models. */
  public Workers languageModels(LlmActivities llm) {
    factory.newWorker(TaskQueues.LLM, options(LLM_STEPS)).registerActivitiesImplementations(llm);
    return this;
  }

  /** From now on they take work. */
  public Workers start() {
    factory.start();
    return this;
  }

  private static WorkerOptions options(int atOnce) {
    return WorkerOptions.newBuilder()
        .setMaxConcurrentActivityExecutionSize(atOnce)
        .setMaxHeartbeatThrottleInterval(HEARTBEAT_EVERY)
        .build();
  }

  /** Takes no more work, lets what is under way go on for a while, and then stops it. */
  @Override
  public void close() {
    if (!drain.isZero()) {
      factory.shutdown();
      factory.awaitTermination(drain.toMillis(), TimeUnit.MILLISECONDS);
    }
    factory.shutdownNow();
    factory.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
  }
}
