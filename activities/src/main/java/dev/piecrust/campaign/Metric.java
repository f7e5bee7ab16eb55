package dev.piecrust.campaign;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.piecrust.key.Labelled;

/** The task metric {@code m}, a scalar of the logits (docs/method.md §4). */
public enum Metric implements Labelled {
  /** Right minus wrong answer's logit at the last position. */
  LOGIT_DIFF("logit_diff"),
  /** Sum over positions of the log-sum-exp of the logits. */
  LOGSUMEXP("logsumexp");

  private final String label;

  Metric(String label) {
    this.label = label;
  }

  /** The name in specs, tables and exports. */
  @JsonValue
  @Override
  public String label() {
    return label;
  }
}
