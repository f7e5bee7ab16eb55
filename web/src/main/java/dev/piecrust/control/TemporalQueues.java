package dev.piecrust.control;

import static io.temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY;
import static io.temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW;

import com.google.protobuf.util.Timestamps;
import dev.piecrust.activity.TaskQueues;
import dev.piecrust.view.QueueState;
import dev.piecrust.view.QueueState.Poller;
import dev.piecrust.view.Queues;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.taskqueue.v1.TaskQueueStats;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueResponse;
import io.temporal.client.WorkflowClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Asks a Temporal server about its queues; it answers from memory, about. */
public final class TemporalQueues implements Queues {
  private static final long PATIENCE_SECONDS = 2;

  private final WorkflowClient client;

  public TemporalQueues(WorkflowClient client) {
    this.client = client;
  }

  @Override
  public List<QueueState> look(List<String> own) {
    List<QueueState> states = new ArrayList<>();
    try {
      states.add(state(TaskQueues.CONTROL, TASK_QUEUE_TYPE_WORKFLOW));
      Stream.concat(Stream.of(TaskQueues.GPU, TaskQueues.HOSTS, TaskQueues.LLM), own.stream())
          .map(name -> state(name, TASK_QUEUE_TYPE_ACTIVITY))
          .forEach(states::add);
      return states;
    } catch (StatusRuntimeException e) {
      return List.of(); // an embedded server has no such question, another is away
    }
  }

  private QueueState state(String name, TaskQueueType type) {
    DescribeTaskQueueResponse answer =
        client
            .getWorkflowServiceStubs()
            .blockingStub()
            .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .describeTaskQueue(
                DescribeTaskQueueRequest.newBuilder()
                    .setNamespace(client.getOptions().getNamespace())
                    .setTaskQueue(TaskQueue.newBuilder().setName(name))
                    .setTaskQueueType(type)
                    .setReportStats(true)
                    .build());
    TaskQueueStats stats = answer.getStats();
    return new QueueState(
        name,
        answer.hasStats()
            ? OptionalLong.of(stats.getApproximateBacklogCount())
            : OptionalLong.empty(),
        answer.hasStats()
            ? OptionalLong.of(stats.getApproximateBacklogAge().getSeconds())
            : OptionalLong.empty(),
        answer.getPollersList().stream()
            .map(
                poller ->
                    new Poller(
                        poller.getIdentity(),
                        Instant.ofEpochMilli(Timestamps.toMillis(poller.getLastAccessTime()))))
            .toList());
  }
}
