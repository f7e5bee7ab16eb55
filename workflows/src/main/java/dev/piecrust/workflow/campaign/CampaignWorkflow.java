package dev.piecrust.workflow.campaign;

import dev.piecrust.campaign.CampaignState;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * One campaign from its plan to its report (docs/architecture.md §3). Its workflow id is its own
 * id. Every command says who gives it, for the campaign's events, and is refused where it is
 * nameless or the campaign has ended.
 */
@WorkflowInterface
public interface CampaignWorkflow {
  /**
   * Runs the campaign to its end. A cancelled campaign ends normally; a failed one fails with the
   * sentence that its state carries too.
   */
  @WorkflowMethod
  void run(String campaignId);

  /** Lets what is under way end, and nothing new start. */
  @UpdateMethod
  void pause(String who);

  /** Refuses a campaign that is paused already. */
  @UpdateValidatorMethod(updateName = "pause")
  void validatePause(String who);

  /** Lets a paused campaign go on. */
  @UpdateMethod
  void resume(String who);

  /** Refuses a campaign that is not paused, or for its budget alone. */
  @UpdateValidatorMethod(updateName = "resume")
  void validateResume(String who);

  /** Ends what is under way, skips the rest, and reports with what there is. */
  @UpdateMethod
  void finish(String who);

  /** Refuses a campaign that is ending already. */
  @UpdateValidatorMethod(updateName = "finish")
  void validateFinish(String who);

  /** Lets calls that met the cap be made again; the new cap is in the database by then. */
  @UpdateMethod
  void budgetRaised(String who);

  /** Refuses a campaign that is ending already. */
  @UpdateValidatorMethod(updateName = "budgetRaised")
  void validateBudgetRaised(String who);

  /**
   * Goes through all stages once more at the end: what is done is found, what failed is tried. One
   * that paused by itself goes on, and tries what failed in its stage at once.
   */
  @UpdateMethod
  void retryFailed(String who);

  /** Refuses a campaign that is ending already. */
  @UpdateValidatorMethod(updateName = "retryFailed")
  void validateRetryFailed(String who);

  /** Cancels what runs. Results that are there already stay. */
  @UpdateMethod
  void cancel(String who);

  /** Refuses a campaign that is being cancelled already. */
  @UpdateValidatorMethod(updateName = "cancel")
  void validateCancel(String who);

  /**
   * A child met the cap.
   *
   * @param reason one sentence
   * @param raises of the budget that it knew of when it made the call
   */
  @SignalMethod
  void overBudget(String reason, int raises);

  /**
   * A child stopped, because only a person can bring it further.
   *
   * @param message how the campaign comes to its pause
   * @param releases that it knew of
   */
  @SignalMethod
  void stopped(String message, int releases);

  /** Where the campaign stands. */
  @QueryMethod
  CampaignState state();
}
