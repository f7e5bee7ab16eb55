package dev.piecrust.model;

import ai.djl.ndarray.NDManager;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.input.Quote;
import dev.piecrust.model.decoder.DecoderCheckpoint;
import dev.piecrust.model.gemma2.Gemma2Checkpoint;
import dev.piecrust.model.llama.LlamaCheckpoint;
import java.nio.file.Files;
import java.nio.file.Path;

/** Loads subject models, picking the family by the checkpoint's {@code config.json}. */
public final class Models {
  private static final String LLAMA = "LlamaForCausalLM";
  private static final String GEMMA2 = "Gemma2ForCausalLM";

  private Models() {}

  /**
   * Loads the model of a Hugging Face folder, its weights in f32.
   *
   * @param parent decides the device; closing it closes the model too
   * @throws PieCrustException category {@code USER} where files are missing, damaged or of another
   *     architecture; {@code RESOURCES}, before anything is loaded, where the weights do not fit
   */
  public static Transformer load(Path folder, NDManager parent) {
    return load(folder, parent, new MachineMemory());
  }

  /** The same, with another idea of how much memory is left. */
  public static Transformer load(Path folder, NDManager parent, FreeMemory memory) {
    ConfigFile config = config(folder);
    return architecture(config).equals(GEMMA2)
        ? Gemma2Checkpoint.load(folder, config, parent, memory)
        : LlamaCheckpoint.load(folder, config, parent, memory);
  }

  /**
   * What can be read of a model's folder before its weights: its config, as the family reads it,
   * and from there the names and shapes of its tensors, and its tokenizer.
   *
   * @throws PieCrustException category {@code USER} where the config is missing or cannot be
   *     computed with
   */
  public static DecoderCheckpoint checkpoint(Path folder) {
    ConfigFile config = config(folder);
    return architecture(config).equals(GEMMA2)
        ? Gemma2Checkpoint.of(folder, config)
        : LlamaCheckpoint.of(folder, config);
  }

  /** The config of a model's folder; a user error where its architecture is not supported. */
  public static ConfigFile config(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw PieCrustException.user(
          "%s: is not a folder; expected a Hugging Face model folder", folder);
    }
    ConfigFile config = ConfigFile.read(folder.resolve("config.json"));
    String architecture = architecture(config);
    if (!architecture.equals(LLAMA) && !architecture.equals(GEMMA2)) {
      throw PieCrustException.user(
          "%s: architecture '%s' is not supported; expected %s or %s",
          config.file(), Quote.of(architecture), LLAMA, GEMMA2);
    }
    return config;
  }

  private static String architecture(ConfigFile config) {
    return config.node().path("architectures").path(0).asText();
  }
}
