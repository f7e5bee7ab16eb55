package dev.piecrust.workflow;

import dev.piecrust.activity.CampaignPlan;
import dev.piecrust.activity.TaskQueues;
import dev.piecrust.failure.Failures;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.workflow.campaign.CampaignWorkflowImpl;
import dev.piecrust.workflow.prune.PruneWorkflowImpl;
import io.temporal.testing.WorkflowReplayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Replays recorded histories through today's code. When it fails, the change would break campaigns
 * that are open at an upgrade: use {@code Workflow.getVersion}, and add a history beside the old
 * ones with {@code -Dpiecrust.record=RELEASE}.
 */
final class ReplayTest {
  private static final Path HISTORIES = Path.of("src/test/resources/histories");

  @ParameterizedTest
  @ValueSource(strings = {"0.1.0-campaign", "0.1.0-campaign-parked"})
  void replaysCampaigns(String name) throws Exception {
    WorkflowReplayer.replayWorkflowExecutionFromResource(
        "histories/" + name + ".json", CampaignWorkflowImpl.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.1.0-prune", "0.1.0-prune-parked"})
  void replaysPrunings(String name) throws Exception {
    WorkflowReplayer.replayWorkflowExecutionFromResource(
        "histories/" + name + ".json", PruneWorkflowImpl.class);
  }

  @Test
  @EnabledIfSystemProperty(named = "piecrust.record", matches = ".+")
  void records() throws IOException {
    record("", "none");
    record("-parked", "score ioi/000010");
  }

  private static void record(String suffix, String failing) throws IOException {
    FakeGpu gpu =
        new FakeGpu(
            "own",
            100,
            10,
            call -> {
              if (call.startsWith(failing)) {
                throw Failures.toTemporal(PieCrustException.numeric("a NaN in layer 3"));
              }
              return call;
            });
    try (TestBench bench = new TestBench(new FakeControl(new CampaignPlan(List.of("ioi"), 0.2)))) {
      bench.gpu(TaskQueues.GPU, gpu);
      bench.gpu("own", gpu);
      bench.run();
      write(bench, TestBench.CAMPAIGN, "campaign" + suffix);
      write(bench, TestBench.CAMPAIGN + "/prune/ioi", "prune" + suffix);
    }
  }

  private static void write(TestBench bench, String workflowId, String name) throws IOException {
    Files.createDirectories(HISTORIES);
    Files.writeString(
        HISTORIES.resolve(System.getProperty("piecrust.record") + "-" + name + ".json"),
        bench
            .temporal
            .getWorkflowClient()
            .fetchHistory(workflowId)
            .toJson(true)
            .replaceAll("\\d+@[^\"]+", "1@worker"));
  }
}
