package dev.piecrust.activity;

import dev.piecrust.campaign.CampaignState;
import dev.piecrust.feature.FeatureId;
import io.temporal.activity.ActivityInterface;
import java.util.List;

/** Book-keeping of campaigns: plans, states, reports. All are idempotent. */
@ActivityInterface
public interface ControlActivities {
  /** Reads the campaign and says what is to be done. */
  CampaignPlan plan(String campaignId);

  /**
   * Chooses the features to explain by the spec's rule, and records them; again gives the same.
   *
   * @return how many
   */
  int selectFeatures(String campaignId);

  /** The chosen features {@code from} (inclusive) to {@code to} (exclusive), in order. */
  List<FeatureId> selectedFeatures(String campaignId, int from, int to);

  /** Announces how many prompts or features a stage will work on. */
  void openStage(String campaignId, String stage, int prompts);

  /** Records a unit that keeps failing. */
  void parkUnit(UnitFailure failure);

  /**
   * Builds tables and statistics from the results, and ends the campaign as finished, or finished
   * with failures.
   */
  CampaignState report(String campaignId);

  /**
   * The same for a campaign that somebody finished before all was done, which its message says.
   *
   * @param who finished it
   */
  CampaignState reportEarly(String campaignId, String who);

  /** Mirrors a state into the database, with a sentence for people (may be empty). */
  void enterState(String campaignId, CampaignState state, String message);
}
