package dev.piecrust.campaign;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.piecrust.key.Labelled;

/** Whether a token that begins a text is put in front of each prompt (docs/method.md §2). */
public enum PrependBos implements Labelled {
  /** Where the prompt does not begin with the model's BOS, EOS or PAD token. */
  AUTO("auto"),
  /** Always; the model must have such a token. */
  ALWAYS("true"),
  /** Never. */
  NEVER("false");

  private final String label;

  PrependBos(String label) {
    this.label = label;
  }

  /** The name in specs and manifests. */
  @JsonValue
  @Override
  public String label() {
    return label;
  }
}
