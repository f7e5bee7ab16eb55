package dev.piecrust.model.gemma2;

import dev.piecrust.model.ConfigFile;
import dev.piecrust.model.decoder.DecoderConfig;
import dev.piecrust.model.decoder.ModelFamily;
import dev.piecrust.model.decoder.TensorNames;
import java.util.List;

/** Gemma-2 (docs/method.md §2). Its {@code mlp_out} is after the norm that follows the MLP. */
public final class Gemma2Family implements ModelFamily {
  @Override
  public List<String> architectures() {
    return List.of("Gemma2ForCausalLM");
  }

  @Override
  public TensorNames names() {
    return TensorNames.SANDWICH_NORM;
  }

  @Override
  public DecoderConfig read(ConfigFile language) {
    return Gemma2Config.read(language).decoder();
  }
}
