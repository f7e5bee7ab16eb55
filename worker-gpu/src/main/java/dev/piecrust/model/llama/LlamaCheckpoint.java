package dev.piecrust.model.llama;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.model.decoder.DecoderWeights;
import dev.piecrust.model.decoder.RopeScaling;
import dev.piecrust.tensor.SafeTensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;

/** Writes a Llama as a Hugging Face folder: {@code config.json}, {@code model.safetensors}. */
public final class LlamaCheckpoint {
  private LlamaCheckpoint() {}

  /**
   * Writes a model so that Hugging Face transformers, or {@link dev.piecrust.model.Models}, loads
   * it; the tokenizer's files are the caller's to add. The config comes last.
   *
   * @param bos the id of the token that begins every prompt, if there is one
   */
  public static void save(
      Path folder, LlamaConfig config, DecoderWeights weights, OptionalInt bos) {
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
    if (scaling instanceof RopeScaling.Llama3 llama3) {
      node.put("rope_type", "llama3");
      node.put("factor", llama3.factor());
      node.put("low_freq_factor", llama3.lowFrequencyFactor());
      node.put("high_freq_factor", llama3.highFrequencyFactor());
      node.put("original_max_position_embeddings", llama3.originalContext());
    } else if (scaling instanceof RopeScaling.Linear linear) {
      node.put("rope_type", "linear");
      node.put("factor", linear.factor());
    }
  }
}
