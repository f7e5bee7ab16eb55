package dev.piecrust.campaign;

/** Where a campaign stands, in the words that people read everywhere. */
public enum CampaignState {
  QUEUED("queued", false),
  RUNNING("running", false),
  PAUSED("paused", false),
  PAUSED_FOR_BUDGET("paused for budget", false),
  FINISHED("finished", true),
  FINISHED_WITH_FAILURES("finished with failures", true),
  FAILED("failed", true),
  CANCELLED("cancelled", true);

  private final String words;
  private final boolean ended;

  CampaignState(String words, boolean ended) {
    this.words = words;
    this.ended = ended;
  }

  public String words() {
    return words;
  }

  /** Whether nothing more will happen by itself. */
  public boolean ended() {
    return ended;
  }
}
