package dev.piecrust.workflow.campaign;

import dev.piecrust.activity.TrainProgress;
import dev.piecrust.workflow.hold.PauseControl;
import io.temporal.workflow.Workflow;

/** How a part of a campaign pauses all of it, because only a person can bring it further. */
public final class SelfPause {
  private static final String MISTAKEN = "the language model cannot be asked: ";

  private final String campaignId;
  private final PauseControl gate;

  /**
   * @param gate of the part, which closes
   */
  public SelfPause(String campaignId, PauseControl gate) {
    this.campaignId = campaignId;
    this.gate = gate;
  }

  /** Whether a campaign's message says that it paused by itself. */
  public static boolean says(String message) {
    return isMistaken(message)
        || FailureWords.isTooManyFailures(message)
        || TrainProgress.saysDiverged(message);
  }

  /** Whether a campaign paused because what it was given for its language model is wrong. */
  public static boolean isMistaken(String message) {
    return message.startsWith(MISTAKEN);
  }

  /**
   * What the language model was asked with is wrong.
   *
   * @param releases that were known when it was asked
   */
  public void mistaken(String reason, int releases) {
    pause(mistake(reason), releases);
  }

  /** The message of a campaign whose language model was asked with what is wrong. */
  static String mistake(String reason) {
    return MISTAKEN + reason;
  }

  /** More failed than may. */
  public void tooManyFailed(TooManyFailures failures) {
    pause(failures.message(), gate.hold().releases());
  }

  private void pause(String message, int releases) {
    if (gate.stop(releases)) {
      Workflow.newExternalWorkflowStub(CampaignWorkflow.class, campaignId)
          .stopped(message, releases);
    }
  }
}
