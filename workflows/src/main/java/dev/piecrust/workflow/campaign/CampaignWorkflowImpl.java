package dev.piecrust.workflow.campaign;

import dev.piecrust.activity.CampaignPlan;
import dev.piecrust.activity.ControlActivities;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.workflow.WorkflowFailures;
import dev.piecrust.workflow.prune.PruneRequest;
import dev.piecrust.workflow.prune.PruneWorkflow;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;

/** The plan of a campaign: plan, prune each task, report. */
public final class CampaignWorkflowImpl implements CampaignWorkflow {
  private final String campaignId;
  private final CancellationScope work;
  private final ControlActivities control =
      Workflow.newActivityStub(ControlActivities.class, CampaignOptions.control());
  private CampaignState state = CampaignState.QUEUED;
  private String cancelledBy = "";

  @WorkflowInit
  public CampaignWorkflowImpl(String campaignId) {
    this.campaignId = campaignId;
    this.work = Workflow.newCancellationScope(this::planPruneReport);
  }

  @Override
  public void run(String id) {
    try {
      work.run();
    } catch (TemporalFailure e) {
      if (work.isCancelRequested()) {
        recordCancellation();
      } else {
        throw recordFailure(e);
      }
    }
  }

  private void planPruneReport() {
    CampaignPlan plan = control.plan(campaignId);
    enter(CampaignState.RUNNING, "");
    for (String task : plan.tasks()) {
      prune(task, plan);
    }
    state = control.report(campaignId);
  }

  private void prune(String task, CampaignPlan plan) {
    Workflow.newChildWorkflowStub(PruneWorkflow.class, CampaignOptions.prune(campaignId, task))
        .prune(PruneRequest.of(campaignId, task, plan.failureShare(), plan.phases()));
  }

  private void recordCancellation() {
    String who = cancelledBy.isEmpty() ? "the Temporal server's operator" : cancelledBy;
    Workflow.newDetachedCancellationScope(
            () -> enter(CampaignState.CANCELLED, "cancelled by " + who))
        .run();
  }

  private ApplicationFailure recordFailure(TemporalFailure failure) {
    ApplicationFailure ending = WorkflowFailures.ending(failure);
    try {
      enter(CampaignState.FAILED, FailureWords.of(ending));
    } catch (TemporalFailure unrecorded) {
      ending.addSuppressed(unrecorded);
    }
    return ending;
  }

  private void enter(CampaignState next, String message) {
    state = next;
    control.enterState(campaignId, next, message);
  }

  @Override
  public void cancel(String who) {
    cancelledBy = who;
    work.cancel("cancelled by " + who);
  }

  @Override
  public void validateCancel(String who) {
    if (who.isBlank()) {
      throw new IllegalArgumentException("who cancels must be named");
    }
    if (state.ended() || !cancelledBy.isEmpty()) {
      throw new IllegalArgumentException(
          "campaign %s is %s already"
              .formatted(campaignId, state.ended() ? state.words() : "being cancelled"));
    }
  }

  @Override
  public CampaignState state() {
    return state;
  }
}
