package dev.piecrust.workflow.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.activity.FeatureUnit;
import dev.piecrust.activity.PruneBatch;
import dev.piecrust.activity.TaskQueues;
import dev.piecrust.activity.TaskRef;
import dev.piecrust.activity.UnitFailure;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.feature.FeatureId;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.Priority;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CallSummaryTest {
  private static final ArtifactRef PAIRS = new ArtifactRef("0".repeat(64), 1);

  @Test
  void namesTheUnitInWords() {
    assertThat(CallSummary.of("ScoreFeatures", new PruneBatch("c-1", "ioi", 10, 20, PAIRS)))
        .isEqualTo("score features ioi 10–20");
    assertThat(CallSummary.of("PrepareTask", new TaskRef("c-1", "ioi")))
        .isEqualTo("prepare task ioi");
    assertThat(CallSummary.of("Explain", new FeatureUnit("c-1", new FeatureId(3, 17))))
        .isEqualTo("explain layer 3 feature 17");
    assertThat(CallSummary.of("ParkUnit", new UnitFailure("c-1", "score", "ioi/0", 1, "NaN")))
        .isEqualTo("park unit score ioi/0");
    assertThat(CallSummary.of("EnterState", "c-1", CampaignState.PAUSED, ""))
        .isEqualTo("enter state paused");
    assertThat(CallSummary.of("InterpretWorkflow", "c-1")).isEqualTo("interpret");
  }

  @Test
  void isShortEnoughForAServerWhateverATaskIsCalled() {
    assertThat(CallSummary.of("PrepareTask", new TaskRef("c-1", "試".repeat(400))))
        .startsWith("prepare task 試試")
        .satisfies(
            text -> assertThat(text.getBytes(StandardCharsets.UTF_8).length).isLessThan(400));
  }

  @ParameterizedTest
  @CsvSource({
    "CollectEvidence, piecrust-subject-1, 4",
    "PruneBatch, piecrust-subject-1, 3",
    "Explain, piecrust-llm, 3",
    "Probe, piecrust-llm, 2",
    "Report, piecrust-control, 2"
  })
  void whatAPersonWaitsForComesFirstAndScansLast(String activity, String queue, int key) {
    Priority priority =
        CallPriority.ofCall(
            "c-1/prune/ioi", activity, ActivityOptions.newBuilder().setTaskQueue(queue).build());
    assertThat(priority.getPriorityKey()).isEqualTo(key);
    assertThat(priority.getFairnessKey()).isEqualTo("c-1");
    assertThat(priority.getFairnessWeight()).as("the campaign's").isZero();
  }

  @Test
  void aLongIdIsToldFromOthersByItsHash() {
    String id = "n".repeat(64) + "-0123abcd";
    Priority priority = CallPriority.ofCampaign(id, 2.5);
    assertThat(priority.getFairnessKey()).hasSize(64).endsWith("n-0123abcd");
    assertThat(priority.getFairnessWeight()).isEqualTo(2.5f);
    assertThat(
            CallPriority.ofCall(
                    id,
                    "Plan",
                    ActivityOptions.newBuilder().setTaskQueue(TaskQueues.CONTROL).build())
                .getFairnessKey())
        .isEqualTo(priority.getFairnessKey());
  }
}
