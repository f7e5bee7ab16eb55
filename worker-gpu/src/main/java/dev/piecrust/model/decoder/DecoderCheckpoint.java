package dev.piecrust.model.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.campaign.PrependBos;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.model.ConfigFile;
import dev.piecrust.model.Fingerprint;
import dev.piecrust.model.FreeMemory;
import dev.piecrust.model.MemoryNeed;
import dev.piecrust.model.Residence;
import dev.piecrust.model.Tokenizer;
import dev.piecrust.tensor.SafeTensors;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * A model as a Hugging Face folder.
 *
 * @param folder that holds {@code tokenizer.json} and the weights
 * @param config what its {@code config.json} says of the language model
 * @param names of the tensors
 * @param decoder what the config demands
 * @param prependBos how prompts begin
 * @param turn the tokens that open a user's turn, if no feature is looked at there
 */
public record DecoderCheckpoint(
    Path folder,
    ConfigFile config,
    TensorNames names,
    DecoderConfig decoder,
    PrependBos prependBos,
    List<String> turn) {
  /**
   * Where the language model's tensors are, in place of {@code model.}: in a checkpoint that reads
   * pictures too, it is one part of several.
   */
  private static final List<String> PLACES =
      List.of("model.", "model.language_model.", "language_model.model.");

  public DecoderCheckpoint {
    turn = List.copyOf(turn);
  }

  /** Reads the config by a family's rules. */
  public static DecoderCheckpoint of(Path folder, ConfigFile file, ModelFamily family) {
    ConfigFile language = family.language(file);
    return new DecoderCheckpoint(
        folder, language, family.names(), family.read(language), PrependBos.AUTO, family.turn());
  }

  /** The same with another idea of how prompts begin. */
  public DecoderCheckpoint prepending(PrependBos other) {
    return new DecoderCheckpoint(folder, config, names, decoder, other, turn);
  }

  /**
   * Loads the folder, its weights in f32. Everything that can be refused without reading a weight
   * is refused first: the tokenizer, names and shapes, and too little memory.
   */
  public Decoder load(NDManager parent, FreeMemory memory, Residence residence) {
    if (residence == Residence.MEMORY) {
      try (SafeTensors tensors = SafeTensors.openFolder(folder)) {
        return load(tensors, parent, memory, residence);
      }
    }
    // Stays mapped as long as there are weights that read from it.
    return load(SafeTensors.openFolder(folder), parent, memory, residence);
  }

  private Decoder load(
      SafeTensors tensors, NDManager parent, FreeMemory memory, Residence residence) {
    checkShapes(tensors);
    MemoryNeed.check(folder, parameters(residence), parent.getDevice(), memory);
    Tokenizer tokenizer = tokenizer();
    NDManager manager = parent.newSubManager();
    try {
      return new Decoder(
          decoder, weights(tensors, manager, residence), tokenizer, fingerprint(tensors), manager);
    } catch (RuntimeException e) {
      manager.close();
      tokenizer.close();
      throw e;
    }
  }

  private DecoderWeights weights(SafeTensors tensors, NDManager manager, Residence residence) {
    String place = place(tensors);
    BiFunction<String, Shape, NDArray> source =
        (name, shape) -> finite(tensors, manager, stored(name, place));
    if (residence == Residence.MEMORY) {
      return DecoderWeights.of(names, decoder.shape(), source);
    }
    names
        .shapes(decoder.shape())
        .forEach(
            (name, shape) -> {
              if (TensorNames.isLayersMatrix(name, shape)) {
                try (NDManager looked = manager.newSubManager()) {
                  NDArray unused = finite(tensors, looked, stored(name, place));
                }
              }
            });
    return DecoderWeights.onDisk(
        names, decoder.shape(), source, (scope, name) -> tensors.read(scope, stored(name, place)));
  }

  /** Refuses tensors of other names or shapes than the config demands, by their headers alone. */
  public void check() {
    try (SafeTensors tensors = SafeTensors.openFolder(folder)) {
      checkShapes(tensors);
    }
  }

  /** The number of the language model's parameters. */
  public long parameters() {
    return names.parameters(decoder.shape());
  }

  /** The number of those that are in memory at once. */
  public long parameters(Residence residence) {
    DecoderShape shape = decoder.shape();
    return names.parameters(shape.withLayers(residence.held(shape.layers())));
  }

  private void checkShapes(SafeTensors tensors) {
    String place = place(tensors);
    Map<String, Shape> shapes = names.shapes(decoder.shape());
    shapes.forEach((name, expected) -> checkShape(tensors, stored(name, place), expected));
  }

  private static String place(SafeTensors tensors) {
    return PLACES.stream()
        .filter(place -> tensors.contains(stored(TensorNames.EMBED, place)))
        .findFirst()
        .orElse(PLACES.get(0));
  }

  /** The name on disk of a tensor that is called {@code model.…}, or of the unembedding. */
  private static String stored(String name, String place) {
    if (name.equals(TensorNames.UNEMBED)) {
      return place.startsWith("language_model.") ? "language_model." + name : name;
    }
    return place + name.substring("model.".length());
  }

  /** The tokenizer, which must have no more tokens than the config says. */
  public Tokenizer tokenizer() {
    Tokenizer tokenizer = Tokenizer.load(folder, prependBos).opening(turn);
    if (tokenizer.size() > decoder.shape().vocabulary()) {
      tokenizer.close();
      throw config.wrong(
          "vocab_size", "at least the " + tokenizer.size() + " tokens of tokenizer.json");
    }
    return tokenizer;
  }

  private String fingerprint(SafeTensors tensors) {
    Path tokenizer = folder.resolve("tokenizer.json");
    Path settings = folder.resolve("tokenizer_config.json");
    return Fingerprint.of(List.of(config.file(), tokenizer, settings), tensors);
  }

  private void checkShape(SafeTensors tensors, String name, Shape expected) {
    if (!tensors.contains(name)) {
      throw PieCrustException.user(
          "%s: tensor '%s' is missing; expected it with shape %s by config.json",
          config.file().resolveSibling("*.safetensors"), name, expected);
    }
    Shape found = tensors.info(name).toShape();
    if (!found.equals(expected)) {
      throw PieCrustException.user(
          "%s: tensor '%s' has shape %s; expected %s by config.json",
          tensors.fileOf(name), name, found, expected);
    }
  }

  private static NDArray finite(SafeTensors tensors, NDManager manager, String name) {
    NDArray array = tensors.read(manager, name);
    try (NDArray smallest = array.min();
        NDArray largest = array.max()) {
      // Both pass on a NaN.
      if (!Float.isFinite(smallest.getFloat()) || !Float.isFinite(largest.getFloat())) {
        throw PieCrustException.user(
            "%s: tensor '%s' holds a NaN or an infinity; expected finite weights",
            tensors.fileOf(name), name);
      }
    }
    return array;
  }
}
