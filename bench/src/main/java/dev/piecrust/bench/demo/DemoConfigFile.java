package dev.piecrust.bench.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.model.llama.LlamaConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the demo model's {@code config.json} as Hugging Face's transformers reads it. */
final class DemoConfigFile {
  private DemoConfigFile() {}

  static void write(LlamaConfig config, int bos, Path folder) throws IOException {
    ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    ObjectNode root = json.createObjectNode();
    root.putArray("architectures").add("LlamaForCausalLM");
    root.put("model_type", "llama")
        .put("vocab_size", config.vocabulary())
        .put("hidden_size", config.width())
        .put("intermediate_size", config.innerWidth())
        .put("num_hidden_layers", config.layers())
        .put("num_attention_heads", config.heads())
        .put("num_key_value_heads", config.keyValueHeads())
        .put("head_dim", config.headSize())
        .put("max_position_embeddings", config.maxPositions())
        .put("rms_norm_eps", config.normEpsilon())
        .put("rope_theta", config.ropeTheta())
        .put("hidden_act", "silu")
        .put("attention_bias", false)
        .put("mlp_bias", false)
        .put("tie_word_embeddings", config.tied())
        .put("bos_token_id", bos)
        .put("torch_dtype", "float32");
    Files.writeString(folder.resolve("config.json"), json.writeValueAsString(root) + "\n");
  }
}
