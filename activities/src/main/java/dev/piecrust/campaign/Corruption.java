package dev.piecrust.campaign;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.piecrust.key.Labelled;

/** What an occurrence's activation is compared with (docs/method.md §5). */
public enum Corruption implements Labelled {
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
  @Override
  public String label() {
    return label;
  }
}
