package dev.piecrust.workflow.hold;

import io.temporal.workflow.Workflow;

/**
 * Where every unit of work waits while its campaign is paused: by a person, because its budget is
 * spent, or because only a person can bring it further. What is under way ends; nothing new passes.
 */
public final class PauseControl {
  private PauseState hold = PauseState.NONE;
  private boolean overBudget;
  private boolean stopped;

  /** Takes over what a campaign or a part of it begins with, unless it has heard of more. */
  public void begin(PauseState first) {
    if (first.serial() >= hold.serial()) {
      hold = first;
    }
  }

  /** Takes over what the campaign says, unless it said something newer already. */
  public void set(PauseState next) {
    if (next.serial() > hold.serial()) {
      overBudget = overBudget && next.raises() == hold.raises();
      stopped = stopped && next.releases() == hold.releases();
      hold = next;
    }
  }

  /** What the campaign said last; its budget may have closed the gate since. */
  public PauseState hold() {
    return hold;
  }

  /**
   * Closes because a call met the cap. A call that began before the last raise proves nothing.
   *
   * @param raises those that were known when the call began
   * @return whether that is news
   */
  public boolean close(int raises) {
    if (overBudget || raises != hold.raises()) {
      return false;
    }
    overBudget = true;
    return true;
  }

  /**
   * Closes because only a person can bring the work further.
   *
   * @param releases those that were known when the work began that shows it
   * @return whether that is news
   */
  public boolean stop(int releases) {
    if (stopped || releases != hold.releases()) {
      return false;
    }
    stopped = true;
    return true;
  }

  /** Whether the work stopped by itself, and nobody has let it go on since. */
  public boolean isStopped() {
    return stopped;
  }

  /** Whether a call met the cap, and nobody has raised it since. */
  public boolean isOverBudget() {
    return overBudget;
  }

  /** Whether new work may begin: neither paused, nor over budget, nor stopped. */
  public boolean isOpen() {
    return !hold.paused() && !overBudget && !stopped;
  }

  /** Waits until the gate is open; where the work is cancelled meanwhile, throws that. */
  public void pass() {
    Workflow.await(this::isOpen);
  }
}
