package dev.piecrust.campaign;

import dev.piecrust.key.Labelled;

/** What a language model is asked for; each may have a model of its own. */
public enum LlmRole implements Labelled {
  /** Describes a feature from its evidence. */
  EXPLAIN("explain"),
  /** Writes texts that fit a description. */
  WRITE("write"),
  /** Rates how well texts fit a description. */
  RATE("rate");

  private final String label;

  LlmRole(String label) {
    this.label = label;
  }

  /** The name in specs. */
  @Override
  public String label() {
    return label;
  }
}
