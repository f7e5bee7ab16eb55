package dev.piecrust.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.piecrust.activity.CampaignPlan;
import dev.piecrust.activity.PrunePhases;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.testing.WorkflowReplayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the calls of all plans carry for Temporal's pages and queues; the bench's workers label. */
final class CallLabelsTest {
  private final FakeControl control =
      new FakeControl(new CampaignPlan(List.of("ioi"), 0.2, new PrunePhases(true, true)));
  private final TestBench bench = TestBench.with(control, new FakeGpu("own", 15, 10, call -> call));

  static List<Path> histories() throws IOException {
    try (Stream<Path> files = Files.list(Histories.FOLDER)) {
      return files.sorted().toList();
    }
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @ParameterizedTest
  @MethodSource("histories")
  void whatBeganWithoutLabelsGoesOnWithThem(Path file) throws IOException {
    WorkflowExecutionHistory history = Histories.read(file);
    assertThat(summaries(history)).isEmpty();
    assertThatCode(() -> WorkflowReplayer.replayWorkflowExecution(history, bench.plans))
        .doesNotThrowAnyException();
  }

  /** The server in this JVM keeps those of activities alone; VersionsIT has a real one. */
  @Test
  void everyCallSaysWhatItDoes() {
    bench.run();
    assertThat(summaries(bench.history(TestBench.CAMPAIGN)))
        .containsExactly("plan", "enter state running", "report");
    assertThat(summaries(bench.history(TestBench.CAMPAIGN + "/prune/ioi")))
        .contains("score features ioi 0–10", "score features ioi 10–15", "prepare task ioi");
  }

  private static List<String> summaries(WorkflowExecutionHistory history) {
    return history.getEvents().stream()
        .filter(event -> event.getUserMetadata().hasSummary())
        .map(CallLabelsTest::summary)
        .toList();
  }

  private static String summary(HistoryEvent event) {
    return DefaultDataConverter.STANDARD_INSTANCE.fromPayload(
        event.getUserMetadata().getSummary(), String.class, String.class);
  }
}
