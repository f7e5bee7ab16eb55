package dev.piecrust.view.campaign;

import dev.piecrust.campaign.CampaignState;

/** How a campaign is doing, in the words, the colour and the icon that it has everywhere. */
public enum Condition {
  QUEUED("queued", "still", "queued"),
  RUNNING("running", "accent", "running"),
  LOADING("loading its model", "accent", "running"),
  WAITING_FOR_GPU("waiting for a GPU", "wait", "gpu"),
  WAITING_FOR_LLM("waiting for its language model", "wait", "limited"),
  RATE_LIMITED("rate-limited", "wait", "limited"),
  STALLED("no progress", "wait", "stalled"),
  FAILING("failing", "bad", "failing"),
  PAUSED("paused", "still", "paused"),
  PAUSED_FOR_BUDGET("paused for budget", "wait", "budget"),
  FINISHED("finished", "good", "done"),
  FINISHED_WITH_FAILURES("finished with failures", "wait", "flawed"),
  FAILED("failed", "bad", "failed"),
  CANCELLED("cancelled", "still", "cancelled");

  private final String words;
  private final String tone;
  private final String icon;

  Condition(String words, String tone, String icon) {
    this.words = words;
    this.tone = tone;
    this.icon = icon;
  }

  public String words() {
    return words;
  }

  /** Class of its colour: accent, good, wait, bad or still. */
  public String tone() {
    return tone;
  }

  /** Name of its icon. */
  public String icon() {
    return icon;
  }

  /** What the state alone says. */
  public static Condition of(CampaignState state) {
    return valueOf(state.name());
  }
}
