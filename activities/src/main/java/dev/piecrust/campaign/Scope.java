package dev.piecrust.campaign;

import com.fasterxml.jackson.annotation.JsonValue;

/** Where a budget applies (docs/method.md §5). */
public enum Scope {
  /** The K best occurrences of a prompt. */
  GLOBAL("global"),
  /** The K best occurrences of each layer. */
  PER_LAYER("per_layer");

  private final String label;

  Scope(String label) {
    this.label = label;
  }

  /** The name in specs, tables and exports. */
  @JsonValue
  public String label() {
    return label;
  }
}
