package dev.piecrust.model.qwen3;

import dev.piecrust.model.ConfigFile;
import dev.piecrust.model.decoder.DecoderConfig;
import dev.piecrust.model.decoder.ModelFamily;
import dev.piecrust.model.decoder.TensorNames;
import dev.piecrust.model.qwen2.QwenConfig;
import java.util.List;
import java.util.OptionalInt;

/** Qwen3, dense (docs/method.md §2). */
public final class Qwen3Family implements ModelFamily {
  private static final int HEAD_SIZE = 128;

  @Override
  public List<String> architectures() {
    return List.of("Qwen3ForCausalLM");
  }

  @Override
  public TensorNames names() {
    return TensorNames.PRE_NORM.withHeadNorms();
  }

  @Override
  public DecoderConfig read(ConfigFile language) {
    return QwenConfig.read(language, OptionalInt.of(HEAD_SIZE));
  }
}
