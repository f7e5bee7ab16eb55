package dev.piecrust.bench.orchestration;

import dev.piecrust.activity.TaskQueues;
import dev.piecrust.workflow.campaign.CampaignWorkflow;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.worker.WorkerFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs a campaign with the real plans and activities that do nothing: what remains is the cost of
 * orchestration. On a real Temporal server where its command is there, else on the one in this JVM.
 */
public final class OrchestrationBench {
  private static final String ID = "bench-orchestration";
  private static final String DEVICE = "bench-gpu";
  private static final String SUBJECT = TaskQueues.subject("bench");
  private static final int PLAIN_CALLS = 200;
  private static final int PLAIN_AT_ONCE = 100;
  private static final int PLAIN_ROUNDS = 10;
  private static final long STOP_SECONDS = 10;

  private final CampaignSize size;
  private final Plans plans;
  private final Consumer<String> progress;

  /**
   * @param plans of the program, which are measured
   */
  public OrchestrationBench(CampaignSize size, Plans plans, Consumer<String> progress) {
    this.size = size;
    this.plans = plans;
    this.progress = progress;
  }

  /**
   * Runs it.
   *
   * @param environment where the server's command is looked for
   * @param folder an empty one, for the server's state
   */
  public OrchestrationReport run(Map<String, String> environment, Path folder) throws IOException {
    Optional<Path> command = DevServer.command(environment);
    if (command.isEmpty()) {
      try (Plans.Server temporal = plans.temporal()) {
        return measure("in this JVM, since there is no 'temporal' command", temporal.client());
      }
    }
    try (DevServer server = new DevServer(command.get(), folder)) {
      return measure("a real server at " + server.address(), server.client());
    }
  }

  private OrchestrationReport measure(String temporal, WorkflowClient client) {
    progress.accept("Temporal: " + temporal);
    WorkerFactory factory = WorkerFactory.newInstance(client);
    PlainCalls.register(factory.newWorker(PlainCalls.QUEUE));
    IdleActivities idle = new IdleActivities(size, DEVICE, Optional.of(SUBJECT));
    Plans.Part workers = plans.start(client, idle);
    for (String queue : new String[] {TaskQueues.GPU, TaskQueues.HOSTS, SUBJECT, TaskQueues.LLM}) {
      factory.newWorker(queue).registerActivitiesImplementations(idle);
    }
    factory.start();
    try {
      progress.accept("calling an empty activity, alone and many at once");
      double alone = PlainCalls.millisecondsEach(client, 1, PLAIN_CALLS);
      double together = PlainCalls.millisecondsEach(client, PLAIN_AT_ONCE, PLAIN_ROUNDS);
      progress.accept("running a campaign of " + size);
      WorkflowExecution campaign = campaign(client);
      progress.accept("reading its histories");
      return new OrchestrationReport(temporal, size, alone, together, Phase.of(client, campaign));
    } finally {
      workers.close();
      factory.shutdownNow();
      factory.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static WorkflowExecution campaign(WorkflowClient client) {
    CampaignWorkflow campaign =
        client.newWorkflowStub(
            CampaignWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(ID)
                .setTaskQueue(TaskQueues.CONTROL)
                .build());
    WorkflowExecution execution = WorkflowClient.start(campaign::run, ID);
    WorkflowStub.fromTyped(campaign).getResult(Void.class);
    return execution;
  }
}
