package dev.piecrust.workflow.prune;

import dev.piecrust.activity.PrunePhases;
import java.util.Optional;

/**
 * What to prune.
 *
 * @param failureShare share of the task's prompts, 0 to 1, past which their failure ends it
 * @param phases which optional stages there are
 * @param progress what an earlier run of this workflow has done, where one was continued as new
 */
public record PruneRequest(
    String campaignId,
    String task,
    double failureShare,
    PrunePhases phases,
    Optional<PruneProgress> progress) {

  /** A request to start at the first prompt. */
  public static PruneRequest of(
      String campaignId, String task, double failureShare, PrunePhases phases) {
    return new PruneRequest(campaignId, task, failureShare, phases, Optional.empty());
  }

  PruneRequest continuedAt(PruneProgress at) {
    return new PruneRequest(campaignId, task, failureShare, phases, Optional.of(at));
  }
}
