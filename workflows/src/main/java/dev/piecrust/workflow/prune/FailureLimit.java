package dev.piecrust.workflow.prune;

import dev.piecrust.workflow.campaign.SelfPause;
import dev.piecrust.workflow.campaign.TooManyFailures;
import dev.piecrust.workflow.hold.PauseControl;

/** Pauses a campaign of which too many prompts fail: going on would cost time and prove nothing. */
final class FailureLimit {
  private final PruneRequest request;
  private final PauseControl gate;
  private final SelfPause pause;

  FailureLimit(PruneRequest request, PauseControl gate) {
    this.request = request;
    this.gate = gate;
    this.pause = new SelfPause(request.campaignId(), gate);
  }

  /**
   * Where the failed prompts are more than may be, waits for somebody to say how to go on.
   *
   * @return where to go on: from there, or from the beginning, where all that is done is found
   */
  PruneProgress checked(PruneProgress progress, String lastReason) {
    int retries = gate.hold().retries();
    for (TooManyFailures failures = failures(progress, lastReason);
        failures.isSo();
        failures = failures(progress, lastReason)) {
      failures.throwWhereItEndsTheCampaign();
      pause.tooManyFailed(failures);
      gate.pass();
      if (gate.hold().retries() != retries) {
        return PruneProgress.start(progress.prepared());
      }
    }
    return progress;
  }

  /** Whether more prompts failed than may. */
  boolean isReached(PruneProgress progress) {
    return failures(progress, "").isSo();
  }

  private TooManyFailures failures(PruneProgress progress, String lastReason) {
    return new TooManyFailures(
        "task " + request.task(),
        progress.failed(),
        progress.prepared().prompts(),
        "prompts",
        request.failureShare(),
        gate.hold().accepted(),
        lastReason);
  }
}
