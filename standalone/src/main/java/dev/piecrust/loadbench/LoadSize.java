package dev.piecrust.loadbench;

import static dev.piecrust.failure.PieCrustException.user;

/**
 * How large the crowd is.
 *
 * @param readers who ask for a page or a list every {@value #READ_EVERY_SECONDS} s each
 * @param streams of events that stay open
 * @param slow clients: half of them send a body, and half read an answer, a byte at a time
 * @param prompts that each campaign prunes
 */
public record LoadSize(int readers, int streams, int slow, int prompts) {
  /** As somebody does who goes from page to page and hardly looks at them. */
  public static final int READ_EVERY_SECONDS = 10;

  public LoadSize {
    if (readers < 1 || streams < 1 || slow < 0 || prompts < 2) {
      throw user(
          "expected 1 reader or more, 1 stream or more, 0 slow clients or more and 2 prompts or"
              + " more, not %d, %d, %d, %d",
          readers, streams, slow, prompts);
    }
  }
}
