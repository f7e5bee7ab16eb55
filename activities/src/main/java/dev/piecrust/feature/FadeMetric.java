package dev.piecrust.feature;

/** FADE's metrics (docs/method.md §8). */
public enum FadeMetric {
  /** How well activations tell texts that were written to fit the description from natural ones. */
  CLARITY("clarity"),
  /** How well they tell natural texts that the description fits from those that it does not fit. */
  RESPONSIVENESS("responsiveness"),
  /** How few of the strongest natural texts are ones that the description does not fit. */
  PURITY("purity"),
  /** How much more often the model writes what the description says when the feature is steered. */
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
