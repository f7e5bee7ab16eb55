package dev.piecrust.model.llama;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.model.ConfigFile;
import dev.piecrust.model.Fingerprint;
import dev.piecrust.model.FreeMemory;
import dev.piecrust.model.MemoryNeed;
import dev.piecrust.model.Tokenizer;
import dev.piecrust.model.Transformer;
import dev.piecrust.tensor.SafeTensors;
import dev.piecrust.tensor.SafeTensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** A Llama as a Hugging Face folder: {@code config.json} and {@code model.safetensors}. */
public final class LlamaCheckpoint {
  private LlamaCheckpoint() {}

  /**
   * Loads a folder. Everything that can be refused without reading a weight is refused first: the
   * config, the tokenizer, names and shapes, and too little memory.
   */
  public static Transformer load(
      Path folder, ConfigFile file, NDManager parent, FreeMemory memory) {
    LlamaConfig config = LlamaConfig.read(file);
    try (SafeTensors tensors = SafeTensors.openFolder(folder)) {
      Map<String, Shape> shapes = LlamaNames.shapes(config);
      shapes.forEach((name, shape) -> checkShape(file, tensors, name, shape));
      long parameters = shapes.values().stream().mapToLong(Shape::size).sum();
      MemoryNeed.check(folder, parameters, parent.getDevice(), memory);
      Tokenizer tokenizer = tokenizer(folder, file, config);
      NDManager manager = parent.newSubManager();
      try {
        LlamaWeights weights = LlamaWeights.of(config, (n, s) -> finite(tensors, manager, n));
        return new Llama(config, weights, tokenizer, fingerprint(folder, file, tensors), manager);
      } catch (RuntimeException e) {
        manager.close();
        tokenizer.close();
        throw e;
      }
    }
  }

  private static Tokenizer tokenizer(Path folder, ConfigFile file, LlamaConfig config) {
    Tokenizer tokenizer = Tokenizer.load(folder);
    if (tokenizer.size() > config.vocabulary()) {
      tokenizer.close();
      throw file.wrong(
          "vocab_size", "at least the " + tokenizer.size() + " tokens of tokenizer.json");
    }
    return tokenizer;
  }

  private static String fingerprint(Path folder, ConfigFile file, SafeTensors tensors) {
    Path tokenizer = folder.resolve("tokenizer.json");
    Path settings = folder.resolve("tokenizer_config.json");
    return Fingerprint.of(List.of(file.file(), tokenizer, settings), tensors);
  }

  private static void checkShape(
      ConfigFile file, SafeTensors tensors, String name, Shape expected) {
    if (!tensors.contains(name)) {
      throw PieCrustException.user(
          "%s: tensor '%s' is missing; expected it with shape %s",
          file.file().resolveSibling("*.safetensors"), name, expected);
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

  /**
   * Writes a model so that Hugging Face transformers, or {@link dev.piecrust.model.Models}, loads
   * it; the tokenizer's files are the caller's to add. The config comes last.
   *
   * @param bos the id of the token that begins every prompt, if there is one
   */
  public static void save(Path folder, LlamaConfig config, LlamaWeights weights, OptionalInt bos) {
    try {
      Files.createDirectories(folder);
      SafeTensorsWriter.write(
          folder.resolve("model.safetensors"), weights.byName(), Map.of("format", "pt"));
      Files.writeString(folder.resolve("config.json"), json(config, bos));
    } catch (IOException e) {
      throw PieCrustException.external(folder + ": cannot be written (" + e + ")", e);
    }
  }

  private static String json(LlamaConfig c, OptionalInt bos) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode node = mapper.createObjectNode();
    node.putArray("architectures").add("LlamaForCausalLM");
    node.put("model_type", "llama");
    node.put("vocab_size", c.vocabulary());
    node.put("hidden_size", c.width());
    node.put("intermediate_size", c.innerWidth());
    node.put("num_hidden_layers", c.layers());
    node.put("num_attention_heads", c.heads());
    node.put("num_key_value_heads", c.keyValueHeads());
    node.put("head_dim", c.headSize());
    node.put("hidden_act", "silu");
    node.put("max_position_embeddings", c.maxPositions());
    node.put("rms_norm_eps", c.normEpsilon());
    node.put("rope_theta", c.ropeTheta());
    c.ropeScaling().ifPresent(scaling -> put(node.putObject("rope_scaling"), scaling));
    node.put("attention_bias", false);
    node.put("mlp_bias", false);
    node.put("tie_word_embeddings", c.tied());
    node.put("torch_dtype", "float32");
    bos.ifPresent(id -> node.put("bos_token_id", id));
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
  }

  private static void put(ObjectNode node, RopeScaling scaling) {
    node.put("rope_type", "llama3");
    node.put("factor", scaling.factor());
    node.put("low_freq_factor", scaling.lowFrequencyFactor());
    node.put("high_freq_factor", scaling.highFrequencyFactor());
    node.put("original_max_position_embeddings", scaling.originalContext());
  }
}
