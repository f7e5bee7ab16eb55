package dev.piecrust.campaign;

/** When calls are answered. */
public enum LlmSchedule {
  /** Each at once, at the full price. */
  REALTIME("realtime"),
  /** Each as soon as the provider has room, at its flex price. */
  FLEX("flex"),
  /** In the provider's batches: within a day, at the batch price. */
  BATCH("batch");

  private final String label;

  LlmSchedule(String label) {
    this.label = label;
  }

  /** The name in specs. */
  public String label() {
    return label;
  }
}
