package dev.piecrust.workflow;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.piecrust.activity.CampaignPlan;
import dev.piecrust.activity.PrunePhases;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.workflow.campaign.CampaignWorkflowImpl;
import dev.piecrust.workflow.prune.PruneWorkflowImpl;
import io.temporal.testing.WorkflowReplayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

  /** What fails in each recorded campaign; the part of its name after the release. */
  private static final Map<String, String> FAILING =
      Map.of("", "none", "-unscored", "score ioi/000010", "-no-circuits", "circuits ioi");

  @ParameterizedTest
  @ValueSource(
      strings = {"0.2.0-campaign", "0.2.0-campaign-unscored", "0.2.0-campaign-no-circuits"})
  void replaysCampaigns(String name) {
    assertThatCode(() -> replay(name, CampaignWorkflowImpl.class)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.2.0-prune", "0.2.0-prune-unscored", "0.2.0-prune-no-circuits"})
  void replaysPrunings(String name) {
    assertThatCode(() -> replay(name, PruneWorkflowImpl.class)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.2.0-prune", "0.2.0-prune-unscored"})
  void noticesAHistoryOfAnotherWorkflow(String name) {
    assertThatCode(() -> replay(name, CampaignWorkflowImpl.class)).isInstanceOf(Exception.class);
  }

  private static void replay(String name, Class<?> workflow) throws Exception {
    WorkflowReplayer.replayWorkflowExecutionFromResource("histories/" + name + ".json", workflow);
  }

  @Test
  @EnabledIfSystemProperty(named = "piecrust.record", matches = ".+")
  void records() throws IOException {
    for (Map.Entry<String, String> campaign : FAILING.entrySet()) {
      record(campaign.getKey(), campaign.getValue());
    }
  }

  private static void record(String suffix, String failing) throws IOException {
    PieCrustException fault = PieCrustException.numeric("a NaN in layer 3");
    FakeGpu gpu = new FakeGpu("own", 50, 10, FakeGpu.failingAt(failing, fault));
    CampaignPlan plan = new CampaignPlan(List.of("ioi"), 0.2, new PrunePhases(true, true));
    try (TestBench bench = TestBench.with(new FakeControl(plan), gpu)) {
      bench.run();
      write(bench, TestBench.CAMPAIGN, "campaign" + suffix);
      write(bench, TestBench.CAMPAIGN + "/prune/ioi", "prune" + suffix);
    }
  }

  /** Writes a history among the recorded ones. */
  static void write(TestBench bench, String workflowId, String name) throws IOException {
    Files.createDirectories(HISTORIES);
    Files.writeString(
        HISTORIES.resolve(System.getProperty("piecrust.record") + "-" + name + ".json"),
        bench.history(workflowId).toJson(true).replaceAll("\\d+@[^\"]+", "1@worker"));
  }
}
