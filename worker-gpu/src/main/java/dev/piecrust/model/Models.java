package dev.piecrust.model;

import ai.djl.ndarray.NDManager;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.input.Quote;
import dev.piecrust.model.decoder.DecoderCheckpoint;
import dev.piecrust.model.decoder.ModelFamily;
import dev.piecrust.model.gemma2.Gemma2Family;
import dev.piecrust.model.gemma3.Gemma3Family;
import dev.piecrust.model.llama.LlamaFamily;
import dev.piecrust.model.qwen2.Qwen2Family;
import dev.piecrust.model.qwen3.Qwen3Family;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Loads subject models, picking the family by the checkpoint's {@code config.json}. */
public final class Models {
  private static final List<ModelFamily> FAMILIES =
      List.of(
          new LlamaFamily(),
          new Qwen2Family(),
          new Qwen3Family(),
          new Gemma2Family(),
          new Gemma3Family());

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
    return checkpoint(folder).load(parent, memory, Residence.MEMORY);
  }

  /**
   * What can be read of a model's folder before its weights: its config, as the family reads it,
   * and from there the names and shapes of its tensors, and its tokenizer.
   *
   * @throws PieCrustException category {@code USER} where the config is missing or cannot be
   *     computed with
   */
  public static DecoderCheckpoint checkpoint(Path folder) {
    ConfigFile config = whole(folder);
    return DecoderCheckpoint.of(folder, config, family(config));
  }

  /**
   * What the config of a model's folder says of its language model; a user error where its
   * architecture is not supported.
   */
  public static ConfigFile config(Path folder) {
    ConfigFile config = whole(folder);
    return family(config).language(config);
  }

  private static ConfigFile whole(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw PieCrustException.user(
          "%s: is not a folder; expected a Hugging Face model folder", folder);
    }
    return ConfigFile.read(folder.resolve("config.json"));
  }

  private static ModelFamily family(ConfigFile config) {
    String architecture = config.node().path("architectures").path(0).asText();
    return FAMILIES.stream()
        .filter(family -> family.architectures().contains(architecture))
        .findFirst()
        .orElseThrow(
            () ->
                PieCrustException.user(
                    "%s: architecture '%s' is not supported; expected one of %s",
                    config.file(),
                    Quote.of(architecture),
                    FAMILIES.stream()
                        .flatMap(family -> family.architectures().stream())
                        .collect(Collectors.joining(", "))));
  }
}
