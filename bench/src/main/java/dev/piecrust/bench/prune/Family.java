package dev.piecrust.bench.prune;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.model.decoder.TensorNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** A model family, in the form in which its reference model was published. */
public enum Family {
  /** Llama-3.2-1B: one file, tied, with the {@code llama3} scaling. */
  LLAMA("meta-llama/Llama-3.2-1B", TensorNames.PRE_NORM, 1, 1_235_814_400L),
  /** Gemma-2-2B: in shards, with four norms a layer. */
  GEMMA2("google/gemma-2-2b", TensorNames.SANDWICH_NORM, 0, 2_614_341_888L);

  /** The special tokens of Llama 3 are the last of its vocabulary. */
  private static final int LLAMA_SPECIALS = 256;

  /** What Hugging Face transformers, of the time of both models, allowed a file to hold. */
  private static final long FILE_BYTES = 5_000_000_000L;

  private final String reference;
  private final TensorNames names;
  private final float norm;
  private final long referenceParameters;

  Family(String reference, TensorNames names, float norm, long referenceParameters) {
    this.reference = reference;
    this.names = names;
    this.norm = norm;
    this.referenceParameters = referenceParameters;
  }

  /**
   * A special token.
   *
   * @param key under which {@code config.json} has its id
   * @param content what the tokenizer calls it
   */
  record Special(String key, String content, int id) {}

  /** The reference model, as its transcoder's config names it. */
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

  /**
   * The most bytes of one file: 5 GB of the reference model, the same share of a smaller one, so
   * that it comes in as many files.
   */
  long fileBytes(long parameters) {
    return Math.round((double) FILE_BYTES * parameters / referenceParameters);
  }

  List<Special> specials(int vocabulary) {
    int last = Math.max(0, vocabulary - LLAMA_SPECIALS);
    return switch (this) {
      case LLAMA ->
          List.of(
              new Special("bos_token_id", "<|begin_of_text|>", last),
              new Special("eos_token_id", "<|end_of_text|>", last + 1));
      case GEMMA2 ->
          List.of(
              new Special("pad_token_id", "<pad>", 0),
              new Special("eos_token_id", "<eos>", 1),
              new Special("bos_token_id", "<bos>", 2));
    };
  }

  /** The published {@code config.json} without what depends on the size. */
  ObjectNode constants() {
    String resource = name().toLowerCase(Locale.ROOT) + ".json";
    try (InputStream in = Objects.requireNonNull(Family.class.getResourceAsStream(resource))) {
      return (ObjectNode) new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
