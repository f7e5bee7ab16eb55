package dev.piecrust.workflow.campaign;

import dev.piecrust.campaign.CampaignState;
import dev.piecrust.workflow.hold.PauseControl;
import dev.piecrust.workflow.hold.PauseState;

/** What people ask of a campaign that runs, and what is refused. */
final class CampaignCommands {
  private final String campaignId;
  private final PauseControl gate;
  private final StateMirror mirror;
  private final ChildSignal child;
  private String budgetReason = "";
  private String stopReason = "";
  private String cancelledBy = "";
  private String finishedBy = "";
  private boolean retryAsked;

  CampaignCommands(String campaignId, PauseControl gate, StateMirror mirror, ChildSignal child) {
    this.campaignId = campaignId;
    this.gate = gate;
    this.mirror = mirror;
    this.child = child;
  }

  /** Begins with the work, or held back where the campaign was paused when it was last seen. */
  void begin(boolean paused) {
    if (paused) {
      gate.set(gate.hold().pause());
      mirror.is(CampaignState.PAUSED);
    } else {
      enter("");
    }
  }

  void pause(String who) {
    change(gate.hold().pause(), "paused by " + who);
  }

  void resume(String who) {
    change(resumed(gate.hold()), "resumed by " + who);
  }

  private PauseState resumed(PauseState hold) {
    if (!gate.isStopped()) {
      return hold.resume();
    }
    return FailureWords.isTooManyFailures(stopReason) ? hold.accept() : hold.release();
  }

  void budgetRaised(String who) {
    change(gate.hold().raise(), "budget raised by " + who);
  }

  void overBudget(String reason, int raises) {
    if (gate.close(raises)) {
      budgetReason = reason;
      enter(reason);
    }
  }

  void stopped(String reason, int releases) {
    if (gate.stop(releases)) {
      stopReason = reason;
      enter(reason);
    }
  }

  /** Says how far the work is, unless it is held. */
  void tell(String progress) {
    if (gate.isOpen()) {
      mirror.enter(CampaignState.RUNNING, progress);
    }
  }

  void retryFailed(String who) {
    retryAsked = true;
    if (gate.isStopped()) {
      change(gate.hold().retry(), "what failed is tried again, as " + who + " asked");
    }
  }

  /** Whether what failed is to be tried once more; the next question is answered anew. */
  boolean takeRetry() {
    boolean asked = retryAsked;
    retryAsked = false;
    return asked;
  }

  void cancel(String who) {
    cancelledBy = who;
  }

  void finish(String who) {
    finishedBy = who;
  }

  String cancelledBy() {
    return cancelledBy.isEmpty() ? "the Temporal server's operator" : cancelledBy;
  }

  boolean isFinishing() {
    return !finishedBy.isEmpty();
  }

  String finishedBy() {
    return finishedBy;
  }

  void requirePausable(String who) {
    requireRunning("pauses", who);
    require(gate.isOpen(), mirror.state().words() + " already");
  }

  void requirePaused(String who) {
    requireRunning("resumes", who);
    require(
        gate.hold().paused() || gate.isStopped(),
        gate.isOverBudget()
            ? "paused for budget; a higher budget lets it go on"
            : "not paused, but " + mirror.state().words());
  }

  void requireRunning(String does, String who) {
    requireOpen(does, who);
    require(finishedBy.isEmpty(), "being finished already");
  }

  /** Refuses a nameless request, and a campaign that has ended or is being cancelled. */
  void requireOpen(String does, String who) {
    if (who.isBlank()) {
      throw new IllegalArgumentException("who " + does + " must be named");
    }
    require(!mirror.state().ended(), mirror.state().words() + " already");
    require(cancelledBy.isEmpty(), "being cancelled already");
    require(!mirror.isClosed(), "ending already");
  }

  private void require(boolean fine, String otherwise) {
    if (!fine) {
      throw new IllegalArgumentException("campaign %s is %s".formatted(campaignId, otherwise));
    }
  }

  private void change(PauseState hold, String message) {
    gate.set(hold);
    child.tell(hold);
    if (gate.isOverBudget()) {
      enter(budgetReason);
    } else {
      enter(gate.isStopped() ? stopReason : message);
    }
  }

  private void enter(String message) {
    CampaignState held =
        gate.isOverBudget() ? CampaignState.PAUSED_FOR_BUDGET : CampaignState.PAUSED;
    mirror.enter(gate.isOpen() ? CampaignState.RUNNING : held, message);
  }
}
