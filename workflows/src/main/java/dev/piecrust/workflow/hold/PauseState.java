package dev.piecrust.workflow.hold;

/**
 * Whether work may go on, as a campaign tells its children: always the whole truth, so that a
 * message that is late or comes twice does no harm. What programs up to 0.6 wrote lacks the last
 * three, which are 0 then.
 *
 * @param serial grows with every change
 * @param paused whether somebody wants no new work to start
 * @param raises how often the budget was raised
 * @param releases how often somebody let go on what had stopped by itself
 * @param accepted how often of these it had stopped at too many failures, which were accepted
 * @param retries how often of these what had failed was to be tried again
 */
public record PauseState(
    int serial, boolean paused, int raises, int releases, int accepted, int retries) {
  /** Nothing is held back. */
  public static final PauseState NONE = beginning(0);

  /** Nothing is held back, and so often were failures accepted before. */
  public static PauseState beginning(int accepted) {
    return new PauseState(0, false, 0, 0, accepted, 0);
  }

  /** Lets nothing new start. */
  public PauseState pause() {
    return new PauseState(serial + 1, true, raises, releases, accepted, retries);
  }

  /** Lets work start again. */
  public PauseState resume() {
    return new PauseState(serial + 1, false, raises, releases, accepted, retries);
  }

  /** Lets what met the cap try again. */
  public PauseState raise() {
    return new PauseState(serial + 1, paused, raises + 1, releases, accepted, retries);
  }

  /** Lets what had stopped by itself go on. */
  public PauseState release() {
    return new PauseState(serial + 1, false, raises, releases + 1, accepted, retries);
  }

  /** Lets what had stopped at too many failures go on, until as many more have failed. */
  public PauseState accept() {
    return new PauseState(serial + 1, false, raises, releases + 1, accepted + 1, retries);
  }

  /** Lets what had stopped by itself go on, and has what failed tried again. */
  public PauseState retry() {
    return new PauseState(serial + 1, false, raises, releases + 1, accepted, retries + 1);
  }
}
