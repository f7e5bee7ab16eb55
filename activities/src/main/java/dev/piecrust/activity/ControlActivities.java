package dev.piecrust.activity;

import dev.piecrust.campaign.CampaignState;
import io.temporal.activity.ActivityInterface;

/** Book-keeping of campaigns: plans, states, reports. All are idempotent. */
@ActivityInterface
public interface ControlActivities {
  /** Reads the campaign and says what is to be done. */
  CampaignPlan plan(String campaignId);

  /** Announces how many prompts a stage will work on. */
  void openStage(String campaignId, String stage, int prompts);

  /** Records a unit that keeps failing. */
  void parkUnit(UnitFailure failure);

  /**
   * Builds tables and statistics from the results, and ends the campaign as finished, or finished
   * with failures.
   */
  CampaignState report(String campaignId);

  /** Mirrors a state into the database, with a sentence for people (may be empty). */
  void enterState(String campaignId, CampaignState state, String message);
}
