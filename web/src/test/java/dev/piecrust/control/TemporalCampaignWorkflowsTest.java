package dev.piecrust.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.activity.TaskQueues;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.Failures;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestWorkflowEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TemporalCampaignWorkflowsTest {
  private TestWorkflowEnvironment temporal;
  private TemporalCampaignWorkflows workflows;

  @BeforeEach
  void start() {
    temporal = TestWorkflowEnvironment.newInstance();
    temporal.newWorker(TaskQueues.CONTROL).registerWorkflowImplementationTypes(IdleCampaign.class);
    temporal.start();
    workflows = new TemporalCampaignWorkflows(temporal.getWorkflowClient());
  }

  @AfterEach
  void stop() {
    temporal.close();
  }

  @Test
  void startsACampaignOnceAndCancelsIt() {
    workflows.start("demo");
    workflows.start("demo");
    assertThatThrownBy(() -> workflows.cancel("demo", ""))
        .hasMessageContaining("who cancels must be named")
        .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.USER));
    assertThat(workflows.cancel("demo", "ada")).isTrue();
    WorkflowStub stub = temporal.getWorkflowClient().newUntypedWorkflowStub("demo");
    stub.getResult(Void.class);
    assertThat(stub.query("state", CampaignState.class)).isEqualTo(CampaignState.CANCELLED);
  }

  @Test
  void saysThatThereIsNothingToCancel() {
    assertThat(workflows.cancel("nobody", "ada")).isFalse();
    workflows.start("ended");
    workflows.cancel("ended", "ada");
    temporal.getWorkflowClient().newUntypedWorkflowStub("ended").getResult(Void.class);
    assertThat(workflows.cancel("ended", "ada")).isFalse();
  }
}
