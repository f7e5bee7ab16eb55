package dev.piecrust.campaign;

import com.fasterxml.jackson.annotation.JsonValue;

/** A scoring method of METHOD.md §5. */
public enum Method {
  FAP("fap"),
  ACTIVATION_MAGNITUDE("activation-magnitude"),
  RANDOM("random");

  private final String label;

  Method(String label) {
    this.label = label;
  }

  /** The name in specs, tables and exports. */
  @JsonValue
  public String label() {
    return label;
  }
}
