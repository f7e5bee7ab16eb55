package dev.piecrust.orchestration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.piecrust.activity.TaskQueues;
import dev.piecrust.bench.orchestration.DevServer;
import dev.piecrust.control.TemporalQueues;
import dev.piecrust.view.QueueState;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the workers' page says of queues, by a real Temporal server. */
class QueuesIT {
  private static final long PATIENCE_MS = 60_000;

  @TempDir Path folder;

  /** Waits for a device. */
  @WorkflowInterface
  public interface Plan {
    @WorkflowMethod
    void run();
  }

  /** What a device does. */
  @ActivityInterface
  public interface Work {
    void work();
  }

  public static final class PlanImpl implements Plan {
    @Override
    public void run() {
      Workflow.newActivityStub(
              Work.class,
              ActivityOptions.newBuilder()
                  .setTaskQueue(TaskQueues.GPU)
                  .setStartToCloseTimeout(Duration.ofMinutes(1))
                  .build())
          .work();
    }
  }

  @Test
  void tellWhoPollsAndWhatWaits() throws Exception {
    Optional<Path> command = DevServer.command(System.getenv());
    assumeTrue(command.isPresent(), "no 'temporal' command; " + DevServer.VARIABLE + " names one");
    try (DevServer server = new DevServer(command.orElseThrow(), folder)) {
      WorkflowClient client = server.client();
      TemporalQueues queues = new TemporalQueues(client);
      WorkerFactory plans = WorkerFactory.newInstance(client);
      plans.newWorker(TaskQueues.CONTROL).registerWorkflowImplementationTypes(PlanImpl.class);
      plans.start();
      WorkflowClient.start(
          client.newWorkflowStub(
                  Plan.class, WorkflowOptions.newBuilder().setTaskQueue(TaskQueues.CONTROL).build())
              ::run);

      QueueState waiting = await(queues, TaskQueues.GPU, state -> state.backlog().orElse(0) == 1);
      assertThat(waiting.pollers()).isEmpty();
      assertThat(waiting.oldestSeconds().orElse(-1)).isBetween(0L, PATIENCE_MS / 1000);
      assertThat(await(queues, TaskQueues.CONTROL, state -> true).pollers()).isNotEmpty();
      assertThat(await(queues, TaskQueues.LLM, state -> true).backlog().orElse(-1)).isZero();

      WorkerFactory devices = WorkerFactory.newInstance(client);
      devices.newWorker(TaskQueues.GPU).registerActivitiesImplementations((Work) () -> {});
      devices.start();
      QueueState worked =
          await(
              queues,
              TaskQueues.GPU,
              state -> state.backlog().orElse(1) == 0 && !state.pollers().isEmpty());
      assertThat(worked.pollers().get(0).identity()).isNotEmpty();
      devices.shutdownNow();
      plans.shutdownNow();
    }
  }

  /** What is said of a queue, once it is so; the server counts about, and a little late. */
  private static QueueState await(TemporalQueues queues, String name, Predicate<QueueState> wanted)
      throws InterruptedException {
    long end = System.currentTimeMillis() + PATIENCE_MS;
    QueueState last = state(queues, name);
    while (!wanted.test(last) && System.currentTimeMillis() < end) {
      Thread.sleep(200);
      last = state(queues, name);
    }
    assertThat(last).matches(wanted);
    return last;
  }

  private static QueueState state(TemporalQueues queues, String name) {
    return queues.look(List.of()).stream()
        .filter(state -> state.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
