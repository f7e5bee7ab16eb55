package dev.piecrust.campaign;

/** How much is spent on evaluating one feature (docs/method.md §8). */
public enum FadePreset {
  /** The PIE paper's: little, and no steering. */
  PIE("pie"),
  /** FADE's own: fifteen times the texts, and all four metrics. */
  FULL("full");

  private final String label;

  FadePreset(String label) {
    this.label = label;
  }

  /** The name in specs. */
  public String label() {
    return label;
  }
}
