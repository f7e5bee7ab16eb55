package dev.piecrust.bench.orchestration;

import dev.piecrust.activity.TaskQueues;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.DynamicActivity;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.converter.EncodedValues;
import io.temporal.worker.Worker;
import io.temporal.workflow.ActivityStub;
import io.temporal.workflow.Async;
import io.temporal.workflow.DynamicWorkflow;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The reference: a workflow that does nothing but call an activity that does nothing, so many
 * beside each other, again and again.
 */
public final class PlainCalls implements DynamicWorkflow {
  static final String QUEUE = TaskQueues.CONTROL + "-plain";

  private static final String NAME = "PlainCalls";

  static void register(Worker worker) {
    worker.registerWorkflowImplementationTypes(PlainCalls.class);
    DynamicActivity nothing = arguments -> true;
    worker.registerActivitiesImplementations(nothing);
  }

  /** Milliseconds that a call takes in the mean over all of them. */
  static double millisecondsEach(WorkflowClient client, int atOnce, int rounds) {
    WorkflowOptions options =
        WorkflowOptions.newBuilder()
            .setTaskQueue(QUEUE)
            .setWorkflowId("plain-%d".formatted(atOnce))
            .build();
    long start = System.nanoTime();
    WorkflowStub plain = client.newUntypedWorkflowStub(NAME, options);
    plain.start(atOnce, rounds);
    plain.getResult(Boolean.class);
    return (System.nanoTime() - start) / 1e6 / rounds / atOnce;
  }

  @Override
  public Object execute(EncodedValues arguments) {
    int atOnce = arguments.get(0, Integer.class);
    int rounds = arguments.get(1, Integer.class);
    ActivityStub nothing =
        Workflow.newUntypedActivityStub(
            ActivityOptions.newBuilder().setStartToCloseTimeout(Duration.ofMinutes(1)).build());
    for (int round = 0; round < rounds; round++) {
      List<Promise<Boolean>> calls =
          IntStream.range(0, atOnce)
              .mapToObj(i -> Async.function(() -> nothing.execute("nothing", Boolean.class)))
              .toList();
      Promise.allOf(calls).get();
    }
    return true;
  }
}
