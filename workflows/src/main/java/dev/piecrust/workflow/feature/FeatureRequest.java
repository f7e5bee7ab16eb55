package dev.piecrust.workflow.feature;

import dev.piecrust.activity.CampaignPlan;
import dev.piecrust.workflow.hold.PauseState;
import java.util.Optional;

/**
 * Which features of a campaign to work on.
 *
 * @param features how many are selected
 * @param leftOut ordinals of those that are not worked on
 * @param failureShare share of the features that are worked on, 0 to 1, past which their failure
 *     pauses the campaign
 * @param concurrency features under way at once
 * @param progress what an earlier run of the workflow has done, where one was continued as new
 * @param queue of the campaign's subject; absent in what programs up to 0.6 wrote
 */
public record FeatureRequest(
    String campaignId,
    int features,
    Ordinals leftOut,
    double failureShare,
    int concurrency,
    PauseState hold,
    FeatureProgress progress,
    Optional<String> queue) {
  /** A request to start at the first feature. */
  public static FeatureRequest of(
      String campaignId, CampaignPlan plan, int features, Ordinals leftOut, PauseState hold) {
    return new FeatureRequest(
        campaignId,
        features,
        leftOut,
        plan.failureShare(),
        plan.concurrency(),
        hold,
        FeatureProgress.NONE,
        plan.queue());
  }

  /** The same from where it stands. */
  public FeatureRequest continuedAt(FeatureProgress at, PauseState held) {
    return new FeatureRequest(
        campaignId, features, leftOut, failureShare, concurrency, held, at, queue);
  }
}
