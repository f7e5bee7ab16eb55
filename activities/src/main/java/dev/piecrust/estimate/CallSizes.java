package dev.piecrust.estimate;

/**
 * How many tokens the calls of stages II and III have. Instructions and answer shapes are those of
 * this release's prompts, which a test of the LLM worker holds to these figures.
 */
public final class CallSizes {
  /** Instructions and schema of the request for a description. */
  public static final int DESCRIBE_OVERHEAD = 450;

  /** Instructions and schema of the request for texts. */
  public static final int WRITE_OVERHEAD = 250;

  /** Instructions and schema of the request for ratings. */
  public static final int RATE_OVERHEAD = 450;

  /** An LLM's tokens for one of the subject's, with marks and numbering. */
  static final Range PER_TOKEN = new Range(0.8, 1.3, 2.5);

  /** A description. */
  static final Range DESCRIPTION = new Range(15, 60, 200);

  /** A synthetic text. */
  static final Range TEXT = new Range(15, 50, 120);

  /** One rating in JSON. */
  static final Range RATING = new Range(4, 10, 25);

  private CallSizes() {}
}
