package dev.piecrust.campaign;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.piecrust.key.Labelled;

/** Where a task's prompt pairs come from (docs/method.md §4). */
public enum TaskKind implements Labelled {
  /** Indirect object identification, generated. */
  IOI("ioi"),
  /** Arguments of a documented Python function, generated. */
  DOCSTRING("docstring"),
  /** A file of prompt pairs, one JSON object a line. */
  FILE("file");

  private final String label;

  TaskKind(String label) {
    this.label = label;
  }

  /** The name in specs, tables and exports. */
  @JsonValue
  @Override
  public String label() {
    return label;
  }
}
