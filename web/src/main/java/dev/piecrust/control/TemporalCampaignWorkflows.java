package dev.piecrust.control;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.activity.TaskQueues;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.failure.Failures;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.workflow.campaign.CampaignLabels;
import dev.piecrust.workflow.campaign.CampaignWorkflow;
import dev.piecrust.workflow.label.CallPriority;
import dev.piecrust.workflow.label.CampaignText;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowUpdateException;
import java.util.Optional;
import java.util.function.Function;

/** The workflows of campaigns in Temporal; a workflow's id is its campaign's. */
public final class TemporalCampaignWorkflows implements CampaignWorkflows {
  private static final double USUAL_WEIGHT = 1;

  private final WorkflowClient client;
  private final Optional<Function<String, CampaignSpec>> specs;

  /** Workflows that are found by their ids alone. */
  public TemporalCampaignWorkflows(WorkflowClient client) {
    this.client = client;
    this.specs = Optional.empty();
  }

  /**
   * Workflows that can be found by what their campaigns are, on servers that know the search
   * attributes of {@link CampaignLabels}.
   */
  public TemporalCampaignWorkflows(WorkflowClient client, Function<String, CampaignSpec> specs) {
    this.client = client;
    this.specs = Optional.of(specs);
  }

  @Override
  public void start(String campaignId) {
    Optional<CampaignSpec> spec = specs.map(known -> known.apply(campaignId));
    WorkflowOptions.Builder options =
        WorkflowOptions.newBuilder().setWorkflowId(campaignId).setTaskQueue(TaskQueues.CONTROL);
    spec.ifPresent(known -> describe(campaignId, known, options));
    WorkflowOptions plain = options.build();
    try {
      if (spec.isEmpty() || !startLabelled(plain, spec.get())) {
        start(plain);
      }
    } catch (WorkflowExecutionAlreadyStarted runsAlready) {
      return;
    } catch (WorkflowServiceException | StatusRuntimeException e) {
      throw unreachable(e);
    }
  }

  /** For whoever looks at it in Temporal, and for the share of workers that it has. */
  private static void describe(
      String campaignId, CampaignSpec spec, WorkflowOptions.Builder options) {
    options
        .setStaticSummary(CampaignText.summary(spec))
        .setStaticDetails(CampaignText.details(spec))
        .setPriority(
            CallPriority.ofCampaign(campaignId, spec.limits().weight().orElse(USUAL_WEIGHT)));
  }

  private void start(WorkflowOptions options) {
    CampaignWorkflow workflow = client.newWorkflowStub(CampaignWorkflow.class, options);
    WorkflowClient.start(workflow::run, options.getWorkflowId());
  }

  /** Whether the server knows the labels; one that does not refuses to start anything with them. */
  private boolean startLabelled(WorkflowOptions plain, CampaignSpec spec) {
    try {
      start(
          WorkflowOptions.newBuilder(plain)
              .setTypedSearchAttributes(CampaignLabels.of(spec))
              .build());
      return true;
    } catch (WorkflowServiceException | StatusRuntimeException e) {
      if (Status.fromThrowable(e).getCode() == Status.Code.INVALID_ARGUMENT) {
        return false;
      }
      throw e;
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
