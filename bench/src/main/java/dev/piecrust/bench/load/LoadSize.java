package dev.piecrust.bench.load;

import dev.piecrust.failure.Bounds;

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
    Bounds.atLeast("--readers", readers, 1);
    Bounds.atLeast("--streams", streams, 1);
    Bounds.atLeast("--slow", slow, 0);
    Bounds.atLeast("--pruned", prompts, 2);
  }
}
