package dev.piecrust.model.llama;

import dev.piecrust.model.ConfigFile;
import dev.piecrust.model.decoder.DecoderConfig;
import dev.piecrust.model.decoder.ModelFamily;
import dev.piecrust.model.decoder.TensorNames;
import java.util.List;

/** Llama-3 (docs/method.md §2). */
public final class LlamaFamily implements ModelFamily {
  @Override
  public List<String> architectures() {
    return List.of("LlamaForCausalLM");
  }

  @Override
  public TensorNames names() {
    return TensorNames.PRE_NORM;
  }

  @Override
  public DecoderConfig read(ConfigFile language) {
    return LlamaConfig.read(language).decoder();
  }
}
