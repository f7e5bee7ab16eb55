package dev.piecrust.ask;

/** A reply that cannot be read. Its message is shown to the model that is asked again. */
public final class BadReply extends Exception {
  /**
   * @param message one sentence of our own, without any of the reply's text
   */
  public BadReply(String message) {
    super(message);
  }
}
