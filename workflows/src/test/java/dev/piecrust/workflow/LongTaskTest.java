package dev.piecrust.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.activity.CampaignPlan;
import dev.piecrust.activity.TaskQueues;
import io.temporal.api.enums.v1.EventType;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LongTaskTest {
  /** Enough batches of 12 events each for Temporal to suggest continuing as new, at 4,096. */
  private static final int BATCHES = 400;

  @Test
  void continuesAsNewWithoutLosingOrRepeatingABatch() {
    FakeControl control = new FakeControl(new CampaignPlan(List.of("ioi"), 0.2));
    FakeGpu gpu = new FakeGpu("own", BATCHES, 1, call -> call);
    try (TestBench bench = new TestBench(control)) {
      bench.gpu(TaskQueues.GPU, gpu);
      bench.gpu("own", gpu);
      bench.run();
      assertThat(
              bench
                  .temporal
                  .getWorkflowClient()
                  .fetchHistory(TestBench.CAMPAIGN + "/prune/ioi")
                  .getEvents())
          .hasSizeLessThan(4096)
          .first()
          .satisfies(
              e -> {
                assertThat(e.getEventType())
                    .isEqualTo(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED);
                assertThat(
                        e.getWorkflowExecutionStartedEventAttributes().getContinuedExecutionRunId())
                    .isNotEmpty();
              });
    }
    assertThat(gpu.calls.stream().filter(call -> call.startsWith("score")))
        .containsExactlyElementsOf(
            IntStream.range(0, BATCHES)
                .mapToObj(i -> "score ioi/%06d-%06d".formatted(i, i + 1))
                .toList());
    assertThat(gpu.calls).filteredOn(call -> call.startsWith("prepare")).hasSize(1);
    assertThat(control.states).containsExactly("running", "finished");
  }
}
