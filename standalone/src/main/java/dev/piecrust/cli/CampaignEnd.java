package dev.piecrust.cli;

import dev.piecrust.activity.TrainProgress;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.workflow.campaign.FailureWords;
import dev.piecrust.workflow.campaign.SelfPause;

/** What the end of a campaign means for the command that waited for it. */
final class CampaignEnd {
  private CampaignEnd() {}

  /** Whether a command that waits for the campaign has nothing more to wait for. */
  static boolean isReached(CampaignStatus status) {
    return status.state().ended()
        || status.state() == CampaignState.PAUSED_FOR_BUDGET
        || isPausedByItself(status);
  }

  private static boolean isPausedByItself(CampaignStatus status) {
    return status.state() == CampaignState.PAUSED && SelfPause.says(status.message());
  }

  static boolean hasResults(CampaignStatus end) {
    return end.state() == CampaignState.FINISHED
        || end.state() == CampaignState.FINISHED_WITH_FAILURES
        || end.state() == CampaignState.PAUSED_FOR_BUDGET;
  }

  static ExitStatus statusOf(CampaignStatus end) {
    return switch (end.state()) {
      case FINISHED -> ExitStatus.DONE;
      case FINISHED_WITH_FAILURES, CANCELLED -> ExitStatus.FINISHED_WITH_FAILURES;
      case FAILED -> ofFailure(end.message());
      case PAUSED_FOR_BUDGET -> ExitStatus.PAUSED_FOR_BUDGET;
      case PAUSED ->
          SelfPause.isMistaken(end.message())
              ? ExitStatus.USER_ERROR
              : ExitStatus.FINISHED_WITH_FAILURES;
      case QUEUED, RUNNING -> throw new IllegalStateException(end.id() + " has not ended");
    };
  }

  private static ExitStatus ofFailure(String message) {
    if (FailureWords.isTooManyFailures(message)) {
      return ExitStatus.FINISHED_WITH_FAILURES;
    }
    return FailureWords.isOurs(message) ? ExitStatus.INTERNAL_ERROR : ExitStatus.USER_ERROR;
  }

  static String sentence(CampaignStatus end) {
    String message = end.message().isEmpty() ? end.state().words() : end.message();
    if (end.state() == CampaignState.PAUSED_FOR_BUDGET) {
      return "campaign %1$s is paused for budget: %2$s; './piecrust budget %1$s --usd X' lets it go on"
          .formatted(end.id(), message);
    }
    if (end.state() == CampaignState.PAUSED && TrainProgress.saysDiverged(message)) {
      return "campaign %1$s is paused: %2$s; './piecrust cancel %1$s' gives this one up"
          .formatted(end.id(), message);
    }
    if (end.state() == CampaignState.PAUSED) {
      return "campaign %1$s is paused: %2$s; './piecrust resume %1$s' lets it go on"
          .formatted(end.id(), message);
    }
    return end.state() == CampaignState.FAILED
        ? message
        : "campaign %s: %s".formatted(end.id(), message);
  }
}
