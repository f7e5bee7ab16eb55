package dev.piecrust.bench;

import static dev.piecrust.failure.PieCrustException.external;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.failure.PieCrustException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A random model and a random transcoder in a temporary folder, which closing deletes, as does the
 * end of the program.
 */
final class BenchFolder implements AutoCloseable {
  private static final double SPREAD = 0.02;

  private final BenchShape shape;
  private final Path folder;
  private final RandomPool pool = new RandomPool(1);

  private BenchFolder(BenchShape shape, Path folder) {
    this.shape = shape;
    this.folder = folder;
    Runtime.getRuntime() // many gigabytes must not stay behind
        .addShutdownHook(new Thread(() -> delete(folder), "piecrust-bench-folder"));
  }

  /** Makes the folder, where the disk has room for what will be written. */
  static BenchFolder in(Path parent, BenchShape shape) {
    try {
      Files.createDirectories(parent);
      long free = Files.getFileStore(parent).getUsableSpace();
      long needed =
          (shape.parameters() + shape.encoderWeights() + shape.decoderWeights())
              * shape.bytesPerNumber();
      if (needed + (1L << 30) > free) {
        throw PieCrustException.resources(
            "%s: the files take %.1f GB and the disk has %.1f GB free; expected a GB more than"
                + " they take",
            parent, needed / 1e9, free / 1e9);
      }
      return new BenchFolder(shape, Files.createTempDirectory(parent, "piecrust-bench-"));
    } catch (IOException e) {
      throw external(parent + ": a folder cannot be made (" + e + ")", e);
    }
  }

  Path model() {
    return folder.resolve("model");
  }

  Path transcoder() {
    return folder.resolve("transcoder");
  }

  void writeModel() {
    try {
      Files.createDirectories(model());
      Files.writeString(model().resolve("config.json"), config());
      Files.writeString(model().resolve("tokenizer.json"), tokenizer());
    } catch (IOException e) {
      throw external(model() + ": cannot be written (" + e + ")", e);
    }
    RandomFile file = new RandomFile(pool, shape.bf16() != 0);
    long d = shape.width();
    long keys = d / shape.heads() * shape.keyValueHeads();
    file.normal("model.embed_tokens.weight", SPREAD, shape.vocabulary(), d);
    for (int l = 0; l < shape.layers(); l++) {
      String layer = "model.layers." + l + ".";
      file.constant(layer + "input_layernorm.weight", 1, d)
          .normal(layer + "self_attn.q_proj.weight", SPREAD, d, d)
          .normal(layer + "self_attn.k_proj.weight", SPREAD, keys, d)
          .normal(layer + "self_attn.v_proj.weight", SPREAD, keys, d)
          .normal(layer + "self_attn.o_proj.weight", SPREAD, d, d)
          .constant(layer + "post_attention_layernorm.weight", 1, d)
          .normal(layer + "mlp.gate_proj.weight", SPREAD, shape.inner(), d)
          .normal(layer + "mlp.up_proj.weight", SPREAD, shape.inner(), d)
          .normal(layer + "mlp.down_proj.weight", SPREAD, d, shape.inner());
    }
    file.constant("model.norm.weight", 1, d).write(model().resolve("model.safetensors"));
  }

  /**
   * Writes encoders of unit rows, in mean, and decoders.
   *
   * @param thresholds JumpReLU threshold of each layer
   */
  void writeTranscoder(double[] thresholds) {
    try {
      Files.createDirectories(transcoder());
      Files.writeString(
          transcoder().resolve("config.yaml"),
          """
          model_kind: cross_layer_transcoder
          feature_input_hook: hook_resid_mid
          feature_output_hook: hook_mlp_out
          """);
    } catch (IOException e) {
      throw external(transcoder() + ": cannot be written (" + e + ")", e);
    }
    long d = shape.width();
    long f = shape.features();
    for (int l = 0; l < shape.layers(); l++) {
      new RandomFile(pool, shape.bf16() != 0)
          .normal("W_enc_" + l, 1 / Math.sqrt(shape.width()), f, d)
          .constant("b_enc_" + l, 0, f)
          .constant("b_dec_" + l, 0, d)
          .constant("threshold_" + l, thresholds[l], f)
          .write(transcoder().resolve("W_enc_" + l + ".safetensors"));
      new RandomFile(pool, shape.bf16() != 0)
          .normal("W_dec_" + l, SPREAD / shape.layers(), f, shape.layers() - l, d)
          .write(transcoder().resolve("W_dec_" + l + ".safetensors"));
    }
  }

  /** Bytes of the model's weights on disk. */
  long modelBytes() {
    return shape.parameters() * shape.bytesPerNumber();
  }

  private String config() {
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.putArray("architectures").add("LlamaForCausalLM");
    node.put("vocab_size", shape.vocabulary());
    node.put("hidden_size", shape.width());
    node.put("intermediate_size", shape.inner());
    node.put("num_hidden_layers", shape.layers());
    node.put("num_attention_heads", shape.heads());
    node.put("num_key_value_heads", shape.keyValueHeads());
    node.put("max_position_embeddings", Math.max(2048, shape.tokens()));
    node.put("rms_norm_eps", 1e-5);
    node.put("tie_word_embeddings", true);
    return node.toString();
  }

  private static String tokenizer() {
    return """
        {"version": "1.0", "added_tokens": [], "model": {"type": "WordLevel", "unk_token": "a",
         "vocab": {"a": 0, "b": 1}}}
        """;
  }

  @Override
  public void close() {
    delete(folder);
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          String.format(Locale.ROOT, "%s: cannot be deleted", folder), e);
    }
  }
}
