package dev.piecrust.control;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.activity.TaskQueues;
import dev.piecrust.failure.Failures;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.workflow.campaign.CampaignWorkflow;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowUpdateException;

/** The workflows of campaigns in Temporal; a workflow's id is its campaign's. */
public final class TemporalCampaignWorkflows implements CampaignWorkflows {
  private final WorkflowClient client;

  public TemporalCampaignWorkflows(WorkflowClient client) {
    this.client = client;
  }

  @Override
  public void start(String campaignId) {
    WorkflowOptions options =
        WorkflowOptions.newBuilder()
            .setWorkflowId(campaignId)
            .setTaskQueue(TaskQueues.CONTROL)
            .build();
    CampaignWorkflow workflow = client.newWorkflowStub(CampaignWorkflow.class, options);
    try {
      WorkflowClient.start(workflow::run, campaignId);
    } catch (WorkflowExecutionAlreadyStarted runsAlready) {
      return;
    } catch (WorkflowServiceException | StatusRuntimeException e) {
      throw unreachable(e);
    }
  }

  @Override
  public boolean tell(String campaignId, CampaignCommand command, String who) {
    try {
      tell(client.newWorkflowStub(CampaignWorkflow.class, campaignId), command, who);
      return true;
    } catch (WorkflowNotFoundException e) {
      return false;
    } catch (WorkflowUpdateException e) {
      Throwable refusal = e.getCause() == null ? e : e.getCause();
      throw user("%s", Failures.sentence(refusal));
    } catch (WorkflowServiceException | StatusRuntimeException e) {
      throw unreachable(e);
    }
  }

  private static void tell(CampaignWorkflow workflow, CampaignCommand command, String who) {
    switch (command) {
      case PAUSE -> workflow.pause(who);
      case RESUME -> workflow.resume(who);
      case FINISH -> workflow.finish(who);
      case BUDGET_RAISED -> workflow.budgetRaised(who);
      case RETRY_FAILED -> workflow.retryFailed(who);
      case CANCEL -> workflow.cancel(who);
    }
  }

  private static PieCrustException unreachable(RuntimeException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return PieCrustException.external("Temporal does not answer: " + cause.getMessage(), e);
  }
}
