package dev.piecrust.workflow.campaign;

import dev.piecrust.campaign.CampaignState;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** One campaign from its plan to its report (ARCHITECTURE.md §3). Its workflow id is its own id. */
@WorkflowInterface
public interface CampaignWorkflow {
  /**
   * Runs the campaign to its end. A cancelled campaign ends normally; a failed one fails with the
   * sentence that its state carries too.
   */
  @WorkflowMethod
  void run(String campaignId);

  /**
   * Cancels what runs. Results that are there already stay.
   *
   * @param who asked for it, for the campaign's events
   */
  @UpdateMethod
  void cancel(String who);

  /** Refuses a nameless request, and a campaign that has ended or is being cancelled already. */
  @UpdateValidatorMethod(updateName = "cancel")
  void validateCancel(String who);

  /** Where the campaign stands. */
  @QueryMethod
  CampaignState state();
}
