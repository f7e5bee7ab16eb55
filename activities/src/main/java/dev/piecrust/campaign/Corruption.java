package dev.piecrust.campaign;

import com.fasterxml.jackson.annotation.JsonValue;

/** What an occurrence's activation is compared with (docs/method.md §5). */
public enum Corruption {
  /** The corrupted prompt: {@code delta = a_clean − a_corrupt}. */
  PROMPT("prompt"),
  /** Nothing: {@code delta = a_clean}. */
  ZERO("zero");

  private final String label;

  Corruption(String label) {
    this.label = label;
  }

  /** The name in specs, tables and exports. */
  @JsonValue
  public String label() {
    return label;
  }
}
