package dev.piecrust.workflow.hold;

/**
 * Whether work may go on, as a campaign tells its children: always the whole truth, so that a
 * message that is late or comes twice does no harm.
 *
 * @param serial grows with every change
 * @param paused whether somebody wants no new work to start
 * @param raises how often the budget was raised
 */
public record Hold(int serial, boolean paused, int raises) {
  /** Nothing is held back. */
  public static final Hold NONE = new Hold(0, false, 0);

  /** Lets nothing new start. */
  public Hold pause() {
    return new Hold(serial + 1, true, raises);
  }

  /** Lets work start again. */
  public Hold resume() {
    return new Hold(serial + 1, false, raises);
  }

  /** Lets what met the cap try again. */
  public Hold raise() {
    return new Hold(serial + 1, paused, raises + 1);
  }
}
