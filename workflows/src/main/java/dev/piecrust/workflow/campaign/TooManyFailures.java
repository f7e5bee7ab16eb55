package dev.piecrust.workflow.campaign;

import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;

/**
 * More of a stage failed than may.
 *
 * @param where the stage or task
 * @param failed how many
 * @param all of how many
 * @param things what they are, in the plural
 * @param share of all that may fail, 0 to 1
 * @param accepted how often somebody accepted those so far
 * @param lastReason why the last of them did
 */
public record TooManyFailures(
    String where,
    int failed,
    int all,
    String things,
    double share,
    int accepted,
    String lastReason) {
  private static final String CHANGE = "too many failures pause a campaign";

  /**
   * Whether so many are more than may fail: the share of all, and once more each time that somebody
   * accepted those so far.
   */
  public boolean isSo() {
    return failed > most(accepted);
  }

  private double most(int times) {
    return share * all * (1 + times);
  }

  /** Ends a campaign of a release up to 0.6, of which this is known already. */
  public void throwWhereItEndsTheCampaign() {
    if (Workflow.getVersion(CHANGE, Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION) {
      throw ApplicationFailure.newNonRetryableFailure(sentence(), FailureWords.TOO_MANY_FAILURES);
    }
  }

  /** The message of the campaign that pauses. */
  String message() {
    int next = (int) most(accepted + 1) + 1;
    String until = next > all ? "to its end" : "until %d more have failed".formatted(next - failed);
    return FailureWords.tooMany(
        "%s; 'resume' goes on %s, 'retry' tries them again".formatted(sentence(), until));
  }

  private String sentence() {
    return "%s: %d of %d %s failed, more than limits.failure_share %s allows; the last: %s"
        .formatted(where, failed, all, things, share, lastReason);
  }
}
