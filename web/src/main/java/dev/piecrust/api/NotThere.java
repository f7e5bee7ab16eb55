package dev.piecrust.api;

import jakarta.ws.rs.NotFoundException;

/** What a request asks about does not exist; the message is a sentence for people. */
public final class NotThere extends NotFoundException {
  private static final long serialVersionUID = 1;

  public NotThere(String sentence) {
    super(sentence);
  }
}
