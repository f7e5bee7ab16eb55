package dev.piecrust.model.gemma3;

import dev.piecrust.model.ConfigFile;
import dev.piecrust.model.decoder.DecoderConfig;
import dev.piecrust.model.decoder.ModelFamily;
import dev.piecrust.model.decoder.TensorNames;
import java.util.List;

/** Gemma-3, and the language model of one that reads pictures too (docs/method.md §2). */
public final class Gemma3Family implements ModelFamily {
  @Override
  public List<String> architectures() {
    return List.of("Gemma3ForCausalLM", "Gemma3ForConditionalGeneration");
  }

  @Override
  public TensorNames names() {
    return TensorNames.SANDWICH_NORM.withHeadNorms();
  }

  /** The published files of the larger models leave out what is as in transformers. */
  @Override
  public ConfigFile language(ConfigFile config) {
    return config.object("text_config").orElse(config).withDefaults(Gemma3Config.PUBLISHED);
  }

  @Override
  public List<String> turn() {
    return List.of("<start_of_turn>", "user", "\n");
  }

  @Override
  public DecoderConfig read(ConfigFile language) {
    return Gemma3Config.read(language);
  }
}
