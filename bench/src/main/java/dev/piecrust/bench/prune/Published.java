package dev.piecrust.bench.prune;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.model.decoder.TensorNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** A published model with a transcoder, in whose names, files and config both are written. */
public enum Published {
  /** One file, tied, with the {@code llama3} scaling. */
  LLAMA_3_2_1B(
      "llama-3.2-1b",
      "meta-llama/Llama-3.2-1B",
      TensorNames.PRE_NORM,
      1,
      1_235_814_400L,
      TranscoderForm.CROSS_LAYER_RELU),
  /** In shards, with four norms a layer. */
  GEMMA_2_2B(
      "gemma-2-2b",
      "google/gemma-2-2b",
      TensorNames.SANDWICH_NORM,
      0,
      2_614_341_888L,
      TranscoderForm.CROSS_LAYER_RELU),
  /** Norms of each head's queries and keys; its transcoder has 20,480 features a layer. */
  QWEN3_0_6B(
      "qwen3-0.6b",
      "Qwen/Qwen3-0.6B-Base",
      TensorNames.PRE_NORM.withHeadNorms(),
      1,
      596_049_920L,
      TranscoderForm.CROSS_LAYER_JUMP_RELU),
  /** Both kinds of norms, and Gemma Scope 2's transcoder of 262 thousand features. */
  GEMMA_3_1B(
      "gemma-3-1b",
      "google/gemma-3-1b-pt",
      TensorNames.SANDWICH_NORM.withHeadNorms(),
      0,
      999_885_952L,
      TranscoderForm.GEMMA_SCOPE_2),
  /** In shards, untied, with a TopK transcoder of 131,072 features for each layer. */
  LLAMA_3_1_8B(
      "llama-3.1-8b",
      "meta-llama/Llama-3.1-8B-Instruct",
      TensorNames.PRE_NORM,
      1,
      8_030_261_248L,
      TranscoderForm.PER_LAYER_TOP_K);

  /** The special tokens of Llama 3 are the last of its vocabulary. */
  private static final int LLAMA_SPECIALS = 256;

  /** So are those of Qwen3, with room for more. */
  private static final int QWEN_SPECIALS = 293;

  /** What Hugging Face transformers, of the time of the models, allowed a file to hold. */
  private static final long FILE_BYTES = 5_000_000_000L;

  private final String label;
  private final String reference;
  private final TensorNames names;
  private final float norm;
  private final long referenceParameters;
  private final TranscoderForm transcoder;

  Published(
      String label,
      String reference,
      TensorNames names,
      float norm,
      long referenceParameters,
      TranscoderForm transcoder) {
    this.label = label;
    this.reference = reference;
    this.names = names;
    this.norm = norm;
    this.referenceParameters = referenceParameters;
    this.transcoder = transcoder;
  }

  /**
   * A special token.
   *
   * @param key under which {@code config.json} has its id
   * @param content what the tokenizer calls it
   */
  record Special(String key, String content, int id) {}

  /** The name of its shape. */
  String label() {
    return label;
  }

  /** The model, as its transcoder's config names it. */
  String reference() {
    return reference;
  }

  TensorNames names() {
    return names;
  }

  /** A norm's weight with which the norm only divides. */
  float norm() {
    return norm;
  }

  /** The form of its transcoder. */
  TranscoderForm transcoder() {
    return transcoder;
  }

  /** Whether the unembedding is the embedding. */
  boolean tied() {
    return config().path("tie_word_embeddings").asBoolean(true);
  }

  /**
   * The most bytes of one file: 5 GB of the model as it is, the same share of a smaller one, so
   * that it comes in as many files.
   */
  long fileBytes(long parameters) {
    return Math.round((double) FILE_BYTES * parameters / referenceParameters);
  }

  /** Those that the config names; one key may have several, and two keys the same. */
  List<Special> specials(int vocabulary) {
    int llama = Math.max(0, vocabulary - LLAMA_SPECIALS);
    int qwen = Math.max(0, vocabulary - QWEN_SPECIALS);
    return switch (this) {
      case LLAMA_3_2_1B ->
          List.of(
              new Special("bos_token_id", "<|begin_of_text|>", llama),
              new Special("eos_token_id", "<|end_of_text|>", llama + 1));
      case LLAMA_3_1_8B ->
          List.of(
              new Special("bos_token_id", "<|begin_of_text|>", llama),
              new Special("eos_token_id", "<|end_of_text|>", llama + 1),
              new Special("eos_token_id", "<|eom_id|>", llama + 8),
              new Special("eos_token_id", "<|eot_id|>", llama + 9));
      case QWEN3_0_6B ->
          List.of(
              new Special("bos_token_id", "<|endoftext|>", qwen),
              new Special("eos_token_id", "<|endoftext|>", qwen));
      case GEMMA_2_2B, GEMMA_3_1B ->
          List.of(
              new Special("pad_token_id", "<pad>", 0),
              new Special("eos_token_id", "<eos>", 1),
              new Special("bos_token_id", "<bos>", 2));
    };
  }

  /** The published {@code config.json}. */
  ObjectNode config() {
    try (InputStream in =
        Objects.requireNonNull(Published.class.getResourceAsStream(label + ".json"))) {
      return (ObjectNode) new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
