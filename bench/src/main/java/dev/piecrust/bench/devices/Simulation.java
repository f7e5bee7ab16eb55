package dev.piecrust.bench.devices;

import dev.piecrust.activity.TaskQueues;
import dev.piecrust.bench.orchestration.CampaignSize;
import dev.piecrust.bench.orchestration.Plans;
import dev.piecrust.workflow.campaign.CampaignWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The program's plans on devices that sleep for the time of a batch. */
final class Simulation {
  static final int MOST_DEVICES = 64;
  static final Duration BATCH = Duration.ofSeconds(1);

  private static final List<Integer> DEVICES = List.of(1, 2, 8, MOST_DEVICES);

  /** So many batches each, so that the beginning and the end weigh little. */
  private static final int BATCHES_EACH = 12;

  private static final int PROMPTS_A_BATCH = 10;
  private static final int ONE_METHOD = 1;
  static final String QUEUE = TaskQueues.subject("simulated");

  private final Plans plans;
  private final Consumer<String> progress;

  Simulation(Plans plans, Consumer<String> progress) {
    this.plans = plans;
    this.progress = progress;
  }

  List<DevicesReport.Run> run() {
    List<DevicesReport.Run> runs = new ArrayList<>();
    for (int devices : DEVICES) {
      progress.accept("%d simulated …".formatted(devices));
      // Each run has its own number of batches: what is compared is the time of one batch.
      double seconds = seconds(devices) / devices;
      runs.add(DevicesReport.Run.of(devices, seconds, runs));
    }
    return runs;
  }

  private double seconds(int devices) {
    CampaignSize size =
        new CampaignSize(
            devices * BATCHES_EACH * PROMPTS_A_BATCH, PROMPTS_A_BATCH, ONE_METHOD, 0, 0);
    try (Plans.Server temporal = plans.temporal()) {
      return seconds(temporal.client(), size, devices);
    }
  }

  private double seconds(WorkflowClient client, CampaignSize size, int devices) {
    Plans.Part workers = plans.start(client, new Sleeper(size, "plans"));
    List<WorkerFactory> hosts = new ArrayList<>();
    try {
      for (int i = 0; i < devices; i++) {
        hosts.add(host(client, new Sleeper(size, "device-" + i)));
      }
      long start = System.nanoTime();
      campaign(client);
      return (System.nanoTime() - start) / 1e9;
    } finally {
      hosts.forEach(WorkerFactory::shutdownNow);
      workers.close();
    }
  }

  private static WorkerFactory host(WorkflowClient client, Sleeper device) {
    WorkerFactory factory = WorkerFactory.newInstance(client);
    for (String queue : List.of(TaskQueues.GPU, QUEUE)) {
      factory
          .newWorker(
              queue,
              WorkerOptions.newBuilder()
                  .setMaxConcurrentActivityExecutionSize(1)
                  .setMaxConcurrentActivityTaskPollers(1)
                  .build())
          .registerActivitiesImplementations(device);
    }
    factory.start();
    return factory;
  }

  private static void campaign(WorkflowClient client) {
    CampaignWorkflow campaign =
        client.newWorkflowStub(
            CampaignWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId("simulated")
                .setTaskQueue(TaskQueues.CONTROL)
                .build());
    WorkflowClient.start(campaign::run, "simulated");
    WorkflowStub.fromTyped(campaign).getResult(Void.class);
  }
}
