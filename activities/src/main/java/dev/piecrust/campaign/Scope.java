package dev.piecrust.campaign;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.piecrust.key.Labelled;

/** Where a budget applies (docs/method.md §5). */
public enum Scope implements Labelled {
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
  @Override
  public String label() {
    return label;
  }
}
