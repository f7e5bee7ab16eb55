package dev.piecrust.workflow;

import dev.piecrust.activity.ControlActivities;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.workflow.campaign.CampaignOptions;
import dev.piecrust.workflow.campaign.CampaignWorkflow;
import dev.piecrust.workflow.campaign.CampaignWorkflowImpl;
import dev.piecrust.workflow.evaluate.EvaluateWorkflow;
import dev.piecrust.workflow.evaluate.EvaluateWorkflowImpl;
import dev.piecrust.workflow.feature.FeatureProgress;
import dev.piecrust.workflow.feature.FeatureRequest;
import dev.piecrust.workflow.hold.PauseState;
import dev.piecrust.workflow.interpret.InterpretWorkflow;
import dev.piecrust.workflow.interpret.InterpretWorkflowImpl;
import dev.piecrust.workflow.prune.PruneRequest;
import dev.piecrust.workflow.prune.PruneResult;
import dev.piecrust.workflow.prune.PruneWorkflow;
import dev.piecrust.workflow.prune.PruneWorkflowImpl;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;

/**
 * The plans as somebody might change them who forgets the campaigns that are open: each announces
 * one stage more before it goes on as before.
 */
final class ChangedWorkflows {
  private ChangedWorkflows() {}

  private static void oneStageMore(String campaignId) {
    Workflow.newActivityStub(ControlActivities.class, CampaignOptions.control())
        .openStage(campaignId, "one more", 1);
  }

  /** A changed {@link PruneWorkflow}. */
  public static final class Prune implements PruneWorkflow {
    private final PruneWorkflow plan = new PruneWorkflowImpl();

    @Override
    public PruneResult prune(PruneRequest request) {
      oneStageMore(request.campaignId());
      return plan.prune(request);
    }

    @Override
    public void hold(PauseState hold) {
      plan.hold(hold);
    }
  }

  /** A changed {@link InterpretWorkflow}. */
  public static final class Interpret implements InterpretWorkflow {
    private final InterpretWorkflow plan = new InterpretWorkflowImpl();

    @Override
    public FeatureProgress interpret(FeatureRequest request) {
      oneStageMore(request.campaignId());
      return plan.interpret(request);
    }

    @Override
    public void hold(PauseState hold) {
      plan.hold(hold);
    }
  }

  /** A changed {@link EvaluateWorkflow}. */
  public static final class Evaluate implements EvaluateWorkflow {
    private final EvaluateWorkflow plan = new EvaluateWorkflowImpl();

    @Override
    public FeatureProgress evaluate(FeatureRequest request) {
      oneStageMore(request.campaignId());
      return plan.evaluate(request);
    }

    @Override
    public void hold(PauseState hold) {
      plan.hold(hold);
    }
  }

  /** A changed {@link CampaignWorkflow}. */
  public static final class Campaign implements CampaignWorkflow {
    private final CampaignWorkflow plan;

    @WorkflowInit
    public Campaign(String campaignId) {
      this.plan = new CampaignWorkflowImpl(campaignId);
    }

    @Override
    public void run(String campaignId) {
      oneStageMore(campaignId);
      plan.run(campaignId);
    }

    @Override
    public void pause(String who) {
      plan.pause(who);
    }

    @Override
    public void validatePause(String who) {
      plan.validatePause(who);
    }

    @Override
    public void resume(String who) {
      plan.resume(who);
    }

    @Override
    public void validateResume(String who) {
      plan.validateResume(who);
    }

    @Override
    public void finish(String who) {
      plan.finish(who);
    }

    @Override
    public void validateFinish(String who) {
      plan.validateFinish(who);
    }

    @Override
    public void budgetRaised(String who) {
      plan.budgetRaised(who);
    }

    @Override
    public void validateBudgetRaised(String who) {
      plan.validateBudgetRaised(who);
    }

    @Override
    public void retryFailed(String who) {
      plan.retryFailed(who);
    }

    @Override
    public void validateRetryFailed(String who) {
      plan.validateRetryFailed(who);
    }

    @Override
    public void cancel(String who) {
      plan.cancel(who);
    }

    @Override
    public void validateCancel(String who) {
      plan.validateCancel(who);
    }

    @Override
    public void stopped(String message, int releases) {
      plan.stopped(message, releases);
    }

    @Override
    public void overBudget(String reason, int raises) {
      plan.overBudget(reason, raises);
    }

    @Override
    public CampaignState state() {
      return plan.state();
    }
  }
}
