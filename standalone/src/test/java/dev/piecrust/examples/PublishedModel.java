package dev.piecrust.examples;

import dev.piecrust.embedded.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A published model, as far as an estimate reads it: its config and its tensors' shapes, beside
 * another's tokenizer.
 *
 * @param repository at the hub
 * @param family what it is
 */
public record PublishedModel(
    String repository,
    Family family,
    int layers,
    int width,
    int heads,
    int keyValueHeads,
    int headSize,
    int inner,
    int vocabulary) {
  static final PublishedModel LLAMA =
      new PublishedModel(
          "meta-llama/Llama-3.2-1B", Family.LLAMA, 16, 2048, 32, 8, 64, 8192, 128_256);
  static final PublishedModel GEMMA =
      new PublishedModel("google/gemma-2-2b", Family.GEMMA2, 26, 2304, 8, 4, 256, 9216, 256_000);
  static final PublishedModel QWEN =
      new PublishedModel("Qwen/Qwen3-0.6B-Base", Family.QWEN3, 28, 1024, 16, 8, 128, 3072, 151_936);

  static final PublishedModel QWEN_4B =
      new PublishedModel("Qwen/Qwen3-4B", Family.QWEN3, 36, 2560, 32, 8, 128, 9728, 151_936);
  static final PublishedModel GEMMA_3 =
      new PublishedModel("google/gemma-3-270m", Family.GEMMA3, 18, 640, 4, 1, 256, 2048, 262_144);
  static final PublishedModel GEMMA_3_1B =
      new PublishedModel("google/gemma-3-1b-pt", Family.GEMMA3, 26, 1152, 4, 1, 256, 6912, 262_144);

  /** A family, by its architecture. */
  public enum Family {
    /** In bf16. */
    LLAMA("LlamaForCausalLM"),
    /** With norms behind attention and MLP too, and published in f32. */
    GEMMA2("Gemma2ForCausalLM"),
    /** In bf16, with norms of each head's queries and keys. */
    QWEN3("Qwen3ForCausalLM"),
    /** In bf16, with all of these norms. */
    GEMMA3("Gemma3ForCausalLM");

    private final String architecture;

    Family(String architecture) {
      this.architecture = architecture;
    }
  }

  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("config.json"),
        """
        {"architectures": ["%s"], "num_hidden_layers": %d, "hidden_size": %d,
         "num_attention_heads": %d, "num_key_value_heads": %d, "head_dim": %d,
         "intermediate_size": %d, "vocab_size": %d, "tie_word_embeddings": true}
        """
            .formatted(
                family.architecture,
                layers,
                width,
                heads,
                keyValueHeads,
                headSize,
                inner,
                vocabulary));
    Files.copy(Program.ROOT.resolve("demo/model/tokenizer.json"), folder.resolve("tokenizer.json"));
    HeaderOnly file = family == Family.GEMMA2 ? HeaderOnly.f32() : HeaderOnly.bf16();
    file.tensor("model.embed_tokens.weight", vocabulary, width);
    for (int l = 0; l < layers; l++) {
      layer(file, "model.layers." + l + ".");
    }
    file.tensor("model.norm.weight", width).write(folder.resolve("model.safetensors"));
  }

  private void layer(HeaderOnly file, String prefix) {
    int queries = heads * headSize;
    int keys = keyValueHeads * headSize;
    file.tensor(prefix + "input_layernorm.weight", width)
        .tensor(prefix + "self_attn.q_proj.weight", queries, width)
        .tensor(prefix + "self_attn.k_proj.weight", keys, width)
        .tensor(prefix + "self_attn.v_proj.weight", keys, width)
        .tensor(prefix + "self_attn.o_proj.weight", width, queries)
        .tensor(prefix + "post_attention_layernorm.weight", width)
        .tensor(prefix + "mlp.gate_proj.weight", inner, width)
        .tensor(prefix + "mlp.up_proj.weight", inner, width)
        .tensor(prefix + "mlp.down_proj.weight", width, inner);
    if (family == Family.QWEN3 || family == Family.GEMMA3) {
      file.tensor(prefix + "self_attn.q_norm.weight", headSize)
          .tensor(prefix + "self_attn.k_norm.weight", headSize);
    }
    if (family == Family.GEMMA2 || family == Family.GEMMA3) {
      file.tensor(prefix + "pre_feedforward_layernorm.weight", width)
          .tensor(prefix + "post_feedforward_layernorm.weight", width);
    }
  }
}
