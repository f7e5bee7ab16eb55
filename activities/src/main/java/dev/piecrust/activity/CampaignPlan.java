package dev.piecrust.activity;

import java.util.List;

/**
 * What a campaign's workflow needs of its spec.
 *
 * @param tasks names, in order
 * @param failureShare share of failed prompts past which the campaign stops
 */
public record CampaignPlan(List<String> tasks, double failureShare) {
  public CampaignPlan {
    tasks = List.copyOf(tasks);
  }
}
