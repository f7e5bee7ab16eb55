package dev.piecrust.bench.orchestration;

import dev.piecrust.activity.CampaignPlan;
import dev.piecrust.activity.PrunePhases;
import dev.piecrust.campaign.Method;
import dev.piecrust.failure.Bounds;
import java.util.Arrays;
import java.util.List;

/**
 * How large a campaign is.
 *
 * @param prompts of its one task, 1 or more
 * @param batch prompts a unit, 1 or more
 * @param methods how many of the pruning methods, the first first
 * @param features that are explained and evaluated, 0 or more
 * @param undescribed every how many features one has no description; 0 for none
 */
public record CampaignSize(int prompts, int batch, int methods, int features, int undescribed) {
  /** The task's name. */
  static final String TASK = "ioi";

  private static final int ALL_METHODS = Method.values().length;

  /** More than the plans have under way at once, so that they are what bounds it. */
  private static final int AT_ONCE = 1000;

  public CampaignSize {
    Bounds.atLeast("--prompts", prompts, 1);
    Bounds.atLeast("prompts a unit", batch, 1);
    Bounds.atLeast("--features", features, 0);
    Bounds.atLeast("features without a description", undescribed, 0);
    Bounds.between("--methods", methods, 1, ALL_METHODS);
  }

  /** Units of each stage of pruning. */
  int batches() {
    return (prompts + batch - 1) / batch;
  }

  /** What the campaign's workflow is told. */
  CampaignPlan plan() {
    boolean rerank = Arrays.stream(Method.values()).limit(methods).anyMatch(Method::reranked);
    return new CampaignPlan(
        List.of(TASK), 1, new PrunePhases(rerank, true), features > 0, true, AT_ONCE, false);
  }
}
