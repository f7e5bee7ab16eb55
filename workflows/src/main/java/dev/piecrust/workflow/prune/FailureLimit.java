package dev.piecrust.workflow.prune;

import dev.piecrust.workflow.campaign.FailureWords;
import io.temporal.failure.ApplicationFailure;

/** Ends a task of which too many prompts fail: going on would cost time and prove nothing. */
final class FailureLimit {
  private final PruneRequest request;

  FailureLimit(PruneRequest request) {
    this.request = request;
  }

  /** Throws where the failed prompts are more than the allowed share of all. */
  void check(PruneProgress progress, String lastReason) {
    int prompts = progress.prepared().prompts();
    if (progress.failed() > request.failureShare() * prompts) {
      throw ApplicationFailure.newNonRetryableFailure(
          "task %s: %d of %d prompts failed, more than limits.failure_share %s allows; the last: %s"
              .formatted(
                  request.task(), progress.failed(), prompts, request.failureShare(), lastReason),
          FailureWords.TOO_MANY_FAILURES);
    }
  }
}
