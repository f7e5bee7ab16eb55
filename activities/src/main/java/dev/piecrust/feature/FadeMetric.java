package dev.piecrust.feature;

/** FADE's metrics (METHOD.md §8). */
public enum FadeMetric {
  CLARITY("clarity"),
  RESPONSIVENESS("responsiveness"),
  PURITY("purity"),
  FAITHFULNESS("faithfulness");

  private final String label;

  FadeMetric(String label) {
    this.label = label;
  }

  /** The name in tables and exports. */
  public String label() {
    return label;
  }
}
