package dev.piecrust.workflow;

import com.google.protobuf.util.Durations;
import dev.piecrust.activity.GpuActivities;
import dev.piecrust.activity.TaskQueues;
import dev.piecrust.workflow.campaign.CampaignWorkflow;
import dev.piecrust.workflow.campaign.CampaignWorkflowImpl;
import dev.piecrust.workflow.evaluate.EvaluateWorkflowImpl;
import dev.piecrust.workflow.evidence.EvidenceWorkflowImpl;
import dev.piecrust.workflow.interpret.InterpretWorkflowImpl;
import dev.piecrust.workflow.label.CallLabels;
import dev.piecrust.workflow.prune.PruneWorkflowImpl;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.testservice.v1.SleepRequest;
import io.temporal.api.testservice.v1.TestServiceGrpc;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Temporal in this JVM with the real plans and fake activities; time is skipped. */
final class TestBench implements AutoCloseable {
  static final String CAMPAIGN = "demo-0123abcd";

  /** So that a cancellation, which answers a heartbeat, is noticed at once. */
  private static final Duration HEARTBEAT_EVERY = Duration.ofMillis(100);

  /** So that the worker that lives has the time to take a call before it is called lost too. */
  private static final Duration STANDSTILL = Duration.ofSeconds(1);

  private static final long BETWEEN_LOOKS_MILLIS = 20;

  final TestWorkflowEnvironment temporal =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .setWorkerFactoryOptions(
                  WorkerFactoryOptions.newBuilder().setWorkerInterceptors(new CallLabels()).build())
              .build());
  final Worker plans = temporal.newWorker(TaskQueues.CONTROL);
  private final List<WorkerFactory> processes = new ArrayList<>();

  TestBench(FakeControl control) {
    plans.registerWorkflowImplementationTypes(
        CampaignWorkflowImpl.class,
        PruneWorkflowImpl.class,
        InterpretWorkflowImpl.class,
        EvidenceWorkflowImpl.class,
        EvaluateWorkflowImpl.class);
    plans.registerActivitiesImplementations(control);
  }

  /** A bench with one GPU worker. */
  static TestBench with(FakeControl control, FakeGpu gpu) {
    TestBench bench = new TestBench(control);
    bench.gpu(TaskQueues.GPU, gpu);
    bench.gpu("own", gpu);
    return bench;
  }

  /** A bench with one GPU worker and one LLM worker. */
  static TestBench with(FakeControl control, FakeGpu gpu, FakeLlm llm) {
    TestBench bench = with(control, gpu);
    bench.llm(llm);
    return bench;
  }

  /** Adds an LLM worker. */
  void llm(FakeLlm activities) {
    temporal
        .newWorker(
            TaskQueues.LLM,
            WorkerOptions.newBuilder().setMaxHeartbeatThrottleInterval(HEARTBEAT_EVERY).build())
        .registerActivitiesImplementations(activities);
  }

  /** Adds a worker for a queue, with a single open poll. */
  Worker gpu(String queue, GpuActivities activities) {
    Worker worker =
        temporal.newWorker(
            queue,
            WorkerOptions.newBuilder()
                .setMaxHeartbeatThrottleInterval(HEARTBEAT_EVERY)
                .setMaxConcurrentActivityTaskPollers(1)
                .build());
    worker.registerActivitiesImplementations(activities);
    return worker;
  }

  /** Adds a device in a process of its own: it hosts a subject, and does one thing at a time. */
  <A extends GpuActivities> void host(String subjectQueue, A device) {
    WorkerFactory process = WorkerFactory.newInstance(temporal.getWorkflowClient());
    processes.add(process);
    for (String queue : List.of(TaskQueues.GPU, TaskQueues.HOSTS, subjectQueue)) {
      process
          .newWorker(
              queue,
              WorkerOptions.newBuilder()
                  .setMaxHeartbeatThrottleInterval(HEARTBEAT_EVERY)
                  .setMaxConcurrentActivityExecutionSize(1)
                  .setMaxConcurrentActivityTaskPollers(1)
                  .build())
          .registerActivitiesImplementations(device);
    }
    process.start();
  }

  /**
   * Skips half a minute again and again until something has happened. Temporal's test server keeps
   * real time while a call waits for a worker or is being worked on; two sleepers outvote that. A
   * call that is being worked on would be taken for lost, so each skip waits for a standstill.
   */
  void skipTimeUntil(CountDownLatch happened) throws InterruptedException {
    while (standsStillBefore(happened)) {
      CompletableFuture.allOf(
              CompletableFuture.runAsync(this::skipHalfAMinute),
              CompletableFuture.runAsync(this::skipHalfAMinute))
          .join();
    }
  }

  /** Whether all waits for calls that nobody takes, before something else has happened. */
  private boolean standsStillBefore(CountDownLatch happened) throws InterruptedException {
    List<String> last = List.of();
    long since = System.nanoTime();
    while (!happened.await(BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS)) {
      List<String> now = untaken();
      if (now.isEmpty() || !now.equals(last)) {
        since = System.nanoTime();
      } else if (System.nanoTime() - since > STANDSTILL.toNanos()) {
        return true;
      }
      last = now;
    }
    return false;
  }

  /** The calls that wait for a worker; empty as long as anything else is under way. */
  private List<String> untaken() {
    List<String> waiting = new ArrayList<>();
    Deque<WorkflowExecution> open = new ArrayDeque<>(List.of(latest(CAMPAIGN)));
    while (!open.isEmpty()) {
      Optional<DescribeWorkflowExecutionResponse> found = describe(open.pop());
      if (found.isEmpty()) {
        return List.of();
      }
      DescribeWorkflowExecutionResponse run = found.orElseThrow();
      if (run.hasPendingWorkflowTask()
          || run.getPendingActivitiesList().stream()
              .anyMatch(
                  call ->
                      call.getState() != PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED)) {
        return List.of();
      }
      run.getPendingActivitiesList().forEach(call -> waiting.add(call.getActivityId()));
      run.getPendingChildrenList().forEach(child -> open.push(latest(child.getWorkflowId())));
    }
    return waiting;
  }

  private static WorkflowExecution latest(String workflowId) {
    return WorkflowExecution.newBuilder().setWorkflowId(workflowId).build();
  }

  /** Empty for a child that its parent has asked for and that has not started. */
  private Optional<DescribeWorkflowExecutionResponse> describe(WorkflowExecution run) {
    try {
      return Optional.of(
          temporal
              .getWorkflowServiceStubs()
              .blockingStub()
              .describeWorkflowExecution(
                  DescribeWorkflowExecutionRequest.newBuilder()
                      .setNamespace(temporal.getNamespace())
                      .setExecution(run)
                      .build()));
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private void skipHalfAMinute() {
    TestServiceGrpc.newBlockingStub(temporal.getWorkflowServiceStubs().getRawChannel())
        .unlockTimeSkippingWithSleep(
            SleepRequest.newBuilder().setDuration(Durations.fromSeconds(31)).build());
  }

  /** Starts the campaign and returns at once. */
  CampaignWorkflow start() {
    temporal.start();
    CampaignWorkflow campaign =
        temporal
            .getWorkflowClient()
            .newWorkflowStub(
                CampaignWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(CAMPAIGN)
                    .setTaskQueue(TaskQueues.CONTROL)
                    .build());
    WorkflowClient.start(campaign::run, CAMPAIGN);
    return campaign;
  }

  /** Runs the campaign to its end; throws what it ends with. */
  void run() {
    WorkflowStub.fromTyped(start()).getResult(Void.class);
  }

  /**
   * Waits until a child has ended, without asking for its result: that would let time be skipped,
   * and a campaign that waits for a person runs into the server's own time limit at once.
   */
  void awaitEnd(String workflowId) throws InterruptedException {
    while (history(workflowId).getLastEvent().getEventType()
        != EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED) {
      Thread.sleep(BETWEEN_LOOKS_MILLIS);
    }
  }

  /** What happened in the latest run of a workflow. */
  WorkflowExecutionHistory history(String workflowId) {
    return temporal.getWorkflowClient().fetchHistory(workflowId);
  }

  /** The first run of a child of the campaign. */
  WorkflowExecution firstRun(String childId) {
    return history(CAMPAIGN).getEvents().stream()
        .map(
            event -> event.getChildWorkflowExecutionStartedEventAttributes().getWorkflowExecution())
        .filter(child -> child.getWorkflowId().equals(childId))
        .findFirst()
        .orElseThrow();
  }

  /** What the latest run of a workflow was asked for. */
  String input(String workflowId) {
    return history(workflowId)
        .getEvents()
        .get(0)
        .getWorkflowExecutionStartedEventAttributes()
        .getInput()
        .getPayloads(0)
        .getData()
        .toStringUtf8();
  }

  @Override
  public void close() {
    processes.forEach(WorkerFactory::shutdownNow);
    temporal.close();
  }
}
