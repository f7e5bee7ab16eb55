package dev.piecrust.model.qwen2;

import dev.piecrust.model.ConfigFile;
import dev.piecrust.model.decoder.DecoderConfig;
import dev.piecrust.model.decoder.ModelFamily;
import dev.piecrust.model.decoder.TensorNames;
import java.util.List;
import java.util.OptionalInt;

/** Qwen2 and Qwen2.5 (docs/method.md §2). */
public final class Qwen2Family implements ModelFamily {
  @Override
  public List<String> architectures() {
    return List.of("Qwen2ForCausalLM");
  }

  @Override
  public TensorNames names() {
    return TensorNames.PRE_NORM.withBiases();
  }

  @Override
  public DecoderConfig read(ConfigFile language) {
    return QwenConfig.read(language, OptionalInt.empty());
  }
}
