package dev.piecrust.campaign;

import dev.piecrust.key.Labelled;

/** How much a model thinks before it answers; what it thinks is paid as output. */
public enum LlmEffort implements Labelled {
  /** Not at all, where the model allows that. */
  NONE("none"),
  /** As little as the model can. */
  MINIMAL("minimal"),
  /** A little. */
  LOW("low"),
  /** As most models do by themselves. */
  MEDIUM("medium"),
  /** Much. */
  HIGH("high");

  private final String label;

  LlmEffort(String label) {
    this.label = label;
  }

  /** The name in specs, and in requests. */
  @Override
  public String label() {
    return label;
  }
}
