package dev.piecrust.workflow.prune;

import dev.piecrust.activity.PrunePhases;
import dev.piecrust.workflow.hold.PauseState;
import java.util.Optional;

/**
 * What to prune.
 *
 * @param failureShare share of the task's prompts, 0 to 1, past which their failure ends it
 * @param phases which optional stages there are
 * @param progress what an earlier run of this workflow has done, where one was continued as new
 * @param hold whether work may go on; absent in campaigns that 0.2 started, and then it may
 * @param queue of the campaign's subject; absent in campaigns that programs up to 0.6 started
 */
public record PruneRequest(
    String campaignId,
    String task,
    double failureShare,
    PrunePhases phases,
    Optional<PruneProgress> progress,
    Optional<PauseState> hold,
    Optional<String> queue) {

  /** A request to start at the first prompt. */
  public static PruneRequest of(
      String campaignId,
      String task,
      double failureShare,
      PrunePhases phases,
      PauseState hold,
      Optional<String> queue) {
    return new PruneRequest(
        campaignId, task, failureShare, phases, Optional.empty(), Optional.of(hold), queue);
  }

  PruneRequest continuedAt(PruneProgress at, PauseState held) {
    return new PruneRequest(
        campaignId, task, failureShare, phases, Optional.of(at), Optional.of(held), queue);
  }
}
