package dev.piecrust.campaign;

import dev.piecrust.key.Labelled;

/** How much is spent on evaluating one feature (docs/method.md §8). */
public enum FadePreset implements Labelled {
  /** The PIE paper's: little, and no steering. */
  PIE("pie"),
  /** FADE's own: fifteen times the texts, and all four metrics. */
  FULL("full");

  private final String label;

  FadePreset(String label) {
    this.label = label;
  }

  /** The name in specs. */
  @Override
  public String label() {
    return label;
  }
}
