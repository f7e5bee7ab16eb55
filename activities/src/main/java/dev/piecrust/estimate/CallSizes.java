package dev.piecrust.estimate;

/**
 * How many tokens the calls of stages II and III have, as real tokenizers count them. Instructions
 * are those of this release's prompts, which a test of the LLM worker holds to these figures; the
 * schema, which most endpoints do not count, is left out. A test of the whole program holds the
 * estimate to what the demo's prompts have.
 */
public final class CallSizes {
  /** Instructions of the request for a description. */
  public static final int DESCRIBE_OVERHEAD = 225;

  /** Instructions of the request for texts. */
  public static final int WRITE_OVERHEAD = 135;

  /** Instructions of the request for ratings. */
  public static final int RATE_OVERHEAD = 180;

  /**
   * The share of a window's most tokens that it has: a text is cut into windows of equal length,
   * and only long texts fill theirs. The demo's corpus, and one of paragraphs, fill three quarters.
   */
  static final Range WINDOW_FILL = new Range(0.5, 0.75, 1);

  /** An LLM's tokens for one of the subject's in evidence, with marks and numbering. */
  static final Range PER_MARKED_TOKEN = new Range(0.8, 1.25, 2.5);

  /** The same in a text that is rated. */
  static final Range PER_TOKEN = new Range(0.7, 1.15, 2.2);

  /** A description that is read again. */
  static final Range READ_DESCRIPTION = new Range(5, 25, 200);

  /** A description. */
  static final Range DESCRIPTION = new Range(15, 60, 200);

  /** A synthetic text. */
  static final Range TEXT = new Range(15, 50, 120);

  /** One rating in JSON. */
  static final Range RATING = new Range(4, 10, 25);

  private CallSizes() {}
}
