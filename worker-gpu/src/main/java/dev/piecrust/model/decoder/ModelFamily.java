package dev.piecrust.model.decoder;

import dev.piecrust.model.ConfigFile;
import java.util.List;

/** What tells one family of models from another: its tensors' names and how its config is read. */
public interface ModelFamily {
  /** The architectures, as {@code config.json} names them. */
  List<String> architectures();

  /** What tensors are called. */
  TensorNames names();

  /**
   * The part of {@code config.json} that describes the language model, published defaults added.
   */
  default ConfigFile language(ConfigFile config) {
    return config;
  }

  /**
   * The tokens that open a user's turn after BOS, as text, at whose positions no feature is looked
   * at; none where the family has none such (docs/method.md §1).
   */
  default List<String> turn() {
    return List.of();
  }

  /**
   * Reads what {@link #language} gave. What would be computed wrongly is refused as a user error.
   */
  DecoderConfig read(ConfigFile language);
}
