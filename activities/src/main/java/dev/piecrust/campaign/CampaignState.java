package dev.piecrust.campaign;

/** Where a campaign stands, in the words that people read everywhere. */
public enum CampaignState {
  /** Recorded, or asked to go on once more; no unit of work has begun since. */
  QUEUED("queued", false),
  /** Units of work begin and end. */
  RUNNING("running", false),
  /** Somebody paused it: what was under way ends, and nothing new begins until it is resumed. */
  PAUSED("paused", false),
  /** The cap does not allow the next call: nothing new begins until it is raised. */
  PAUSED_FOR_BUDGET("paused for budget", false),
  /** Every unit has its result; or somebody finished it early, which its message says. */
  FINISHED("finished", true),
  /** It went to its end, but some prompts or features have no result; a retry tries them again. */
  FINISHED_WITH_FAILURES("finished with failures", true),
  /**
   * It stopped at an error, such as too large a share of failed prompts; the message is the error.
   */
  FAILED("failed", true),
  /** Somebody stopped it before its end; what was done until then is kept. */
  CANCELLED("cancelled", true);

  private final String words;
  private final boolean ended;

  CampaignState(String words, boolean ended) {
    this.words = words;
    this.ended = ended;
  }

  /** Lower case, such as {@code paused for budget}. */
  public String words() {
    return words;
  }

  /** Whether nothing more will happen by itself. */
  public boolean ended() {
    return ended;
  }
}
