package dev.piecrust.activity;

import java.util.List;

/**
 * What a campaign's workflow needs of its spec.
 *
 * @param tasks names, in order
 * @param failureShare share of failed prompts past which the campaign stops
 * @param phases which optional stages there are
 */
public record CampaignPlan(List<String> tasks, double failureShare, PrunePhases phases) {
  public CampaignPlan {
    tasks = List.copyOf(tasks);
  }
}
