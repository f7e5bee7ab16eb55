package dev.piecrust.control;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.store.campaign.CampaignStore;
import dev.piecrust.store.ledger.Accounts;
import dev.piecrust.workflow.campaign.FailureWords;
import dev.piecrust.workflow.campaign.SelfPause;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What people ask of campaigns. A workflow that runs is told; where none does, the database is
 * changed, and the workflow finds that when it starts.
 */
final class CampaignSteering {
  /** Kind of the event that says that failures were accepted. */
  private static final String ACCEPT = "accept";

  private final CampaignStore campaigns;
  private final Accounts accounts;
  private final CampaignEnding ending;
  private final Optional<CampaignWorkflows> workflows;

  CampaignSteering(
      CampaignStore campaigns,
      Accounts accounts,
      CampaignEnding ending,
      Optional<CampaignWorkflows> workflows) {
    this.campaigns = campaigns;
    this.accounts = accounts;
    this.ending = ending;
    this.workflows = workflows;
  }

  void pause(String id, String who) {
    CampaignState state = open(id);
    if (state == CampaignState.PAUSED || state == CampaignState.PAUSED_FOR_BUDGET) {
      throw user("campaign %s is %s already, expected one that is not paused", id, state.words());
    }
    campaigns.event(id, "pause", "asked to pause", who);
    if (!told(id, CampaignCommand.PAUSE, who)) {
      campaigns.enter(id, CampaignState.PAUSED, "paused by " + who);
    }
  }

  /** How often somebody had a campaign go on that had paused because too much of it failed. */
  static int accepted(CampaignStore campaigns, String id) {
    return (int) campaigns.events(id).stream().filter(e -> e.kind().equals(ACCEPT)).count();
  }

  void resume(String id, String who) {
    CampaignState state = open(id);
    boolean tooMany = FailureWords.isTooManyFailures(campaigns.status(id).message());
    if (state == CampaignState.PAUSED_FOR_BUDGET) {
      throw user("campaign %s is paused for budget, expected a higher one before it goes on", id);
    }
    if (state != CampaignState.PAUSED) {
      throw user("campaign %s is %s, expected it to be paused", id, state.words());
    }
    if (tooMany) {
      campaigns.event(id, ACCEPT, "asked to go on in spite of the failures so far", who);
    } else {
      campaigns.event(id, "resume", "asked to go on", who);
    }
    if (!told(id, CampaignCommand.RESUME, who)) {
      queue(id, "resumed by " + who);
    }
  }

  void finish(String id, String who) {
    open(id);
    campaigns.event(id, "finish", "asked to finish with what there is", who);
    if (!told(id, CampaignCommand.FINISH, who)) {
      ending.endEarly(id, who);
    }
  }

  void raiseBudget(String id, BigDecimal usd, String who) {
    CampaignState state = open(id);
    BigDecimal spent = accounts.spend(id).spent();
    if (usd.compareTo(spent) < 0) {
      throw user(
          "campaign %s has spent %s USD already, expected more than that, not %s",
          id, spent.stripTrailingZeros().toPlainString(), usd.toPlainString());
    }
    accounts.raise(id, usd, who);
    if (!told(id, CampaignCommand.BUDGET_RAISED, who) && state == CampaignState.PAUSED_FOR_BUDGET) {
      queue(id, "budget raised by " + who);
    }
  }

  void retry(String id, String who) {
    CampaignStatus status = campaigns.status(id);
    if (status.state() == CampaignState.FINISHED && !FinishedEarly.says(status.message())) {
      throw user("campaign %s is finished, expected one with failures to try again", id);
    }
    campaigns.event(id, "retry", "asked to try what failed once more", who);
    if (status.state().ended()) {
      queue(id, "started again by " + who);
    } else if (!told(id, CampaignCommand.RETRY_FAILED, who) && SelfPause.says(status.message())) {
      queue(id, "started again by " + who);
    }
  }

  void cancel(String id, String who) {
    open(id);
    campaigns.event(id, "cancel", "asked to stop", who);
    if (told(id, CampaignCommand.CANCEL, who)) {
      campaigns.cancelling(id, who);
    } else {
      campaigns.enter(id, CampaignState.CANCELLED, "cancelled by " + who);
    }
  }

  /**
   * Ends a campaign that was to end when the process that was to end it died; false where nobody
   * asked for that. A workflow that outlived the process is at it.
   */
  boolean endsCancelled(String id) {
    Optional<String> who = campaigns.cancelledBy(id);
    if (who.isPresent() && !stops(id, who.get())) {
      campaigns.enter(id, CampaignState.CANCELLED, "cancelled by " + who.get());
    }
    return who.isPresent();
  }

  /** Whether there is a workflow that stops; one that refuses does so already. */
  private boolean stops(String id, String who) {
    try {
      return told(id, CampaignCommand.CANCEL, who);
    } catch (PieCrustException e) {
      if (e.category() == FailureCategory.USER) {
        return true;
      }
      throw e;
    }
  }

  private CampaignState open(String id) {
    CampaignState state = campaigns.status(id).state();
    if (state.ended()) {
      throw user("campaign %s is %s already, expected one that has not ended", id, state.words());
    }
    return state;
  }

  private boolean told(String id, CampaignCommand command, String who) {
    return workflows.isPresent() && workflows.get().tell(id, command, who);
  }

  private void queue(String id, String message) {
    campaigns.enter(id, CampaignState.QUEUED, message);
    workflows.ifPresent(running -> running.start(id));
  }
}
