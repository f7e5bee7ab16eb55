package dev.piecrust.model.decoder;

import dev.piecrust.model.ConfigFile;
import java.util.OptionalInt;

/**
 * What decides the shapes of a model's tensors.
 *
 * @param vocabulary {@code V}
 * @param width {@code d}
 * @param layers {@code L}
 * @param heads {@code H}
 * @param keyValueHeads {@code K}, which divides {@code H}
 * @param headSize {@code h}, even
 * @param innerWidth {@code I}
 * @param tied whether the unembedding is the embedding
 */
public record DecoderShape(
    int vocabulary,
    int width,
    int layers,
    int heads,
    int keyValueHeads,
    int headSize,
    int innerWidth,
    boolean tied) {
  /** More than any model has; guards against a nonsense number. */
  private static final int MOST_LAYERS = 1_000;

  public DecoderShape {
    checkHeads(heads, keyValueHeads, headSize);
  }

  /** Refuses heads that cannot be grouped, and head sizes that cannot be rotated. */
  public static void checkHeads(int heads, int keyValueHeads, int headSize) {
    if (heads % keyValueHeads != 0 || headSize % 2 != 0) {
      throw new IllegalArgumentException(
          heads + " heads, " + keyValueHeads + " key-value heads, head size " + headSize);
    }
  }

  /**
   * Reads a {@code config.json}.
   *
   * @param headSize where the file names none; empty for the width over the heads
   * @param tied where the file does not say
   */
  public static DecoderShape read(ConfigFile config, OptionalInt headSize, boolean tied) {
    int width = config.positiveInt("hidden_size");
    int heads = config.positiveInt("num_attention_heads");
    int keyValueHeads = config.positiveInt("num_key_value_heads", heads);
    if (heads % keyValueHeads != 0) {
      throw config.wrong("num_key_value_heads", "a divisor of the " + heads + " attention heads");
    }
    if (!config.has("head_dim") && headSize.isEmpty() && width % heads != 0) {
      throw config.wrong("hidden_size", "a multiple of the " + heads + " attention heads");
    }
    int size = config.positiveInt("head_dim", headSize.orElse(Math.max(1, width / heads)));
    if (size % 2 != 0) {
      throw config.wrong("head_dim", "an even head size, not " + size);
    }
    int layers = config.positiveInt("num_hidden_layers");
    if (layers > MOST_LAYERS) {
      throw config.wrong("num_hidden_layers", "at most " + MOST_LAYERS + " layers");
    }
    return new DecoderShape(
        config.positiveInt("vocab_size"),
        width,
        layers,
        heads,
        keyValueHeads,
        size,
        config.positiveInt("intermediate_size"),
        config.flag("tie_word_embeddings", tied));
  }

  /** The same with another number of layers. */
  DecoderShape withLayers(int others) {
    return new DecoderShape(
        vocabulary, width, others, heads, keyValueHeads, headSize, innerWidth, tied);
  }

  /** {@code G}, the query heads that share one key-value head. */
  public int group() {
    return heads / keyValueHeads;
  }
}
