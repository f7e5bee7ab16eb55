package dev.piecrust.model.gemma2;

import ai.djl.ndarray.NDManager;
import dev.piecrust.model.ConfigFile;
import dev.piecrust.model.FreeMemory;
import dev.piecrust.model.Transformer;
import dev.piecrust.model.decoder.DecoderCheckpoint;
import dev.piecrust.model.decoder.TensorNames;
import java.nio.file.Path;
import java.util.Optional;

/** A Gemma-2 as a Hugging Face folder: {@code config.json} and {@code *.safetensors}. */
public final class Gemma2Checkpoint {
  /** The Hugging Face names. */
  public static final TensorNames NAMES =
      new TensorNames(
          "input_layernorm",
          Optional.of("post_attention_layernorm"),
          "pre_feedforward_layernorm",
          Optional.of("post_feedforward_layernorm"));

  private Gemma2Checkpoint() {}

  /** Loads a folder; see {@link DecoderCheckpoint}. */
  public static Transformer load(
      Path folder, ConfigFile file, NDManager parent, FreeMemory memory) {
    Gemma2Config config = Gemma2Config.read(file);
    return of(folder, file, config)
        .load(
            parent,
            memory,
            (weights, tokenizer, fingerprint, manager) ->
                new Gemma2(config, weights, tokenizer, fingerprint, manager));
  }

  /** What can be read of a folder before its weights. */
  public static DecoderCheckpoint of(Path folder, ConfigFile file) {
    return of(folder, file, Gemma2Config.read(file));
  }

  private static DecoderCheckpoint of(Path folder, ConfigFile file, Gemma2Config config) {
    return new DecoderCheckpoint(folder, file, NAMES, config.shape());
  }
}
