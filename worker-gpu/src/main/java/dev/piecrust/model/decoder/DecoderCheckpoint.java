package dev.piecrust.model.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.model.ConfigFile;
import dev.piecrust.model.Fingerprint;
import dev.piecrust.model.FreeMemory;
import dev.piecrust.model.MemoryNeed;
import dev.piecrust.model.Tokenizer;
import dev.piecrust.model.Transformer;
import dev.piecrust.tensor.SafeTensors;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A model as a Hugging Face folder.
 *
 * @param folder that holds {@code tokenizer.json} and the weights
 * @param config its {@code config.json}
 * @param names of the tensors
 * @param shape that the config demands
 */
public record DecoderCheckpoint(
    Path folder, ConfigFile config, TensorNames names, DecoderShape shape) {
  /** Makes a model of what was loaded. */
  public interface Family {
    /** Takes over the weights, the tokenizer and the manager. */
    Transformer of(
        DecoderWeights weights, Tokenizer tokenizer, String fingerprint, NDManager manager);
  }

  /**
   * Loads the folder. Everything that can be refused without reading a weight is refused first: the
   * tokenizer, names and shapes, and too little memory.
   */
  public Transformer load(NDManager parent, FreeMemory memory, Family family) {
    try (SafeTensors tensors = SafeTensors.openFolder(folder)) {
      Map<String, Shape> shapes = checkedShapes(tensors);
      long parameters = shapes.values().stream().mapToLong(Shape::size).sum();
      MemoryNeed.check(folder, parameters, parent.getDevice(), memory);
      Tokenizer tokenizer = tokenizer();
      NDManager manager = parent.newSubManager();
      try {
        DecoderWeights weights =
            DecoderWeights.of(names, shape, (name, s) -> finite(tensors, manager, name));
        return family.of(weights, tokenizer, fingerprint(tensors), manager);
      } catch (RuntimeException e) {
        manager.close();
        tokenizer.close();
        throw e;
      }
    }
  }

  /** Refuses tensors of other names or shapes than the config demands, by their headers alone. */
  public void check() {
    try (SafeTensors tensors = SafeTensors.openFolder(folder)) {
      checkedShapes(tensors);
    }
  }

  private Map<String, Shape> checkedShapes(SafeTensors tensors) {
    Map<String, Shape> shapes = names.shapes(shape);
    shapes.forEach((name, expected) -> checkShape(tensors, name, expected));
    return shapes;
  }

  /** The tokenizer, which must have no more tokens than the config says. */
  public Tokenizer tokenizer() {
    Tokenizer tokenizer = Tokenizer.load(folder);
    if (tokenizer.size() > shape.vocabulary()) {
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
