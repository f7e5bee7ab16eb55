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
    assertThatThrownBy(() -> workflows.tell("demo", CampaignCommand.CANCEL, ""))
        .hasMessageContaining("who cancels must be named")
        .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.USER));
    assertThat(workflows.tell("demo", CampaignCommand.CANCEL, "ada")).isTrue();
    WorkflowStub stub = temporal.getWorkflowClient().newUntypedWorkflowStub("demo");
    stub.getResult(Void.class);
    assertThat(stub.query("state", CampaignState.class)).isEqualTo(CampaignState.CANCELLED);
  }

  @Test
  void givesEveryCommandAndHearsRefusals() {
    workflows.start("demo");
    assertThatThrownBy(() -> workflows.tell("demo", CampaignCommand.RESUME, "ada"))
        .hasMessageContaining("is not paused");
    for (CampaignCommand command : CampaignCommand.values()) {
      if (command != CampaignCommand.FINISH && command != CampaignCommand.CANCEL) {
        assertThat(workflows.tell("demo", command, "ada")).isTrue();
      }
    }
    assertThat(workflows.tell("demo", CampaignCommand.FINISH, "ada")).isTrue();
  }

  @Test
  void saysThatThereIsNothingToCancel() {
    assertThat(workflows.tell("nobody", CampaignCommand.CANCEL, "ada")).isFalse();
    workflows.start("ended");
    workflows.tell("ended", CampaignCommand.CANCEL, "ada");
    temporal.getWorkflowClient().newUntypedWorkflowStub("ended").getResult(Void.class);
    assertThat(workflows.tell("ended", CampaignCommand.CANCEL, "ada")).isFalse();
  }
}
