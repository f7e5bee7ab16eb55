package dev.piecrust.workflow.campaign;

import dev.piecrust.activity.CampaignPlan;
import dev.piecrust.activity.ControlActivities;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.workflow.WorkflowFailures;
import dev.piecrust.workflow.hold.PauseControl;
import dev.piecrust.workflow.hold.PauseState;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;

/** The plan of a campaign: plan, go through the stages, report. */
public final class CampaignWorkflowImpl implements CampaignWorkflow {
  private final String campaignId;
  private final CancellationScope work;
  private final CancellationScope stages;
  private final ControlActivities control =
      Workflow.newActivityStub(ControlActivities.class, CampaignOptions.control());
  private final PauseControl gate = new PauseControl();
  private final ChildSignal child = new ChildSignal();
  private final StateMirror mirror;
  private final CampaignCommands commands;

  /**
   * For Temporal, which gives it what {@link #run} is given, so that commands may come before that.
   */
  @WorkflowInit
  public CampaignWorkflowImpl(String campaignId) {
    this.campaignId = campaignId;
    this.mirror = new StateMirror(campaignId, control);
    this.commands = new CampaignCommands(campaignId, gate, mirror, child);
    this.work = Workflow.newCancellationScope(this::planStagesReport);
    this.stages = Workflow.newCancellationScope(this::goThroughStages);
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
    awaitHandlers();
  }

  private void planStagesReport() {
    if (!commands.isFinishing()) {
      endEarlyWhereAsked();
    }
    Workflow.await(this::isReadyToReport);
    mirror.end(
        () ->
            commands.isFinishing()
                ? control.reportEarly(campaignId, commands.finishedBy())
                : control.report(campaignId));
  }

  private void endEarlyWhereAsked() {
    try {
      stages.run();
    } catch (TemporalFailure e) {
      if (!commands.isFinishing() || work.isCancelRequested()) {
        throw e;
      }
    }
  }

  private void goThroughStages() {
    CampaignPlan plan = control.plan(campaignId);
    gate.begin(PauseState.beginning(plan.accepted()));
    commands.begin(plan.paused());
    if (plan.asks()) {
      new FirstQuestion(campaignId, gate, commands).ask();
    }
    CampaignStages all = new CampaignStages(campaignId, plan, control, gate, child, commands);
    do {
      all.run();
      gate.pass();
    } while (commands.takeRetry());
  }

  private boolean isReadyToReport() {
    return Workflow.isEveryHandlerFinished() && (commands.isFinishing() || gate.isOpen());
  }

  private void recordCancellation() {
    mirror.end(CampaignState.CANCELLED, "cancelled by " + commands.cancelledBy());
  }

  private ApplicationFailure recordFailure(TemporalFailure failure) {
    ApplicationFailure ending = WorkflowFailures.ending(failure);
    try {
      mirror.end(CampaignState.FAILED, FailureWords.of(ending));
    } catch (TemporalFailure unrecorded) {
      ending.addSuppressed(unrecorded);
    }
    awaitHandlers();
    return ending;
  }

  /** So that whoever asked for something hears the answer. */
  private static void awaitHandlers() {
    Workflow.newDetachedCancellationScope(() -> Workflow.await(Workflow::isEveryHandlerFinished))
        .run();
  }

  @Override
  public void pause(String who) {
    commands.pause(who);
  }

  @Override
  public void validatePause(String who) {
    commands.requirePausable(who);
  }

  @Override
  public void resume(String who) {
    commands.resume(who);
  }

  @Override
  public void validateResume(String who) {
    commands.requirePaused(who);
  }

  @Override
  public void finish(String who) {
    commands.finish(who);
    stages.cancel("finished early by " + who);
  }

  @Override
  public void validateFinish(String who) {
    commands.requireRunning("finishes", who);
  }

  @Override
  public void budgetRaised(String who) {
    commands.budgetRaised(who);
  }

  @Override
  public void validateBudgetRaised(String who) {
    commands.requireRunning("raises the budget", who);
  }

  @Override
  public void retryFailed(String who) {
    commands.retryFailed(who);
  }

  @Override
  public void validateRetryFailed(String who) {
    commands.requireRunning("retries", who);
  }

  @Override
  public void overBudget(String reason, int raises) {
    commands.overBudget(reason, raises);
  }

  @Override
  public void stopped(String message, int releases) {
    commands.stopped(message, releases);
  }

  @Override
  public void cancel(String who) {
    commands.cancel(who);
    work.cancel("cancelled by " + who);
    stages.cancel("cancelled by " + who);
  }

  @Override
  public void validateCancel(String who) {
    commands.requireOpen("cancels", who);
  }

  @Override
  public CampaignState state() {
    return mirror.state();
  }
}
