package dev.piecrust.model.llama;

import dev.piecrust.model.ConfigFile;
import java.util.Optional;

/**
 * Shape and constants of a Llama, as its {@code config.json} states them.
 *
 * @param vocabulary {@code V}
 * @param width {@code d}
 * @param layers {@code L}
 * @param heads {@code H}
 * @param keyValueHeads {@code K}, which divides {@code H}
 * @param headSize {@code h}, even
 * @param innerWidth {@code I}
 * @param normEpsilon added to the mean square in every norm
 * @param ropeTheta base of the rotary frequencies
 * @param ropeScaling the {@code llama3} scaling, if the model has it
 * @param maxPositions most tokens of one prompt
 * @param tied whether the unembedding is the embedding
 */
public record LlamaConfig(
    int vocabulary,
    int width,
    int layers,
    int heads,
    int keyValueHeads,
    int headSize,
    int innerWidth,
    double normEpsilon,
    double ropeTheta,
    Optional<RopeScaling> ropeScaling,
    int maxPositions,
    boolean tied) {
  public LlamaConfig {
    if (heads % keyValueHeads != 0 || headSize % 2 != 0) {
      throw new IllegalArgumentException(
          heads + " heads, " + keyValueHeads + " key-value heads, head size " + headSize);
    }
  }

  /**
   * Reads a {@code config.json}, as transformers 4 ({@code rope_theta}, {@code rope_scaling}) or 5
   * ({@code rope_parameters}) writes it. What this implementation would compute wrongly is refused.
   */
  public static LlamaConfig read(ConfigFile config) {
    refuseUnsupported(config);
    int width = config.positiveInt("hidden_size");
    int heads = config.positiveInt("num_attention_heads");
    int keyValueHeads = config.positiveInt("num_key_value_heads", heads);
    if (heads % keyValueHeads != 0) {
      throw config.wrong("num_key_value_heads", "a divisor of the " + heads + " attention heads");
    }
    if (!config.has("head_dim") && width % heads != 0) {
      throw config.wrong("hidden_size", "a multiple of the " + heads + " attention heads");
    }
    int headSize = config.positiveInt("head_dim", Math.max(1, width / heads));
    if (headSize % 2 != 0) {
      throw config.wrong("head_dim", "an even head size, not " + headSize);
    }
    ConfigFile rope = config.object("rope_parameters").orElse(config);
    return new LlamaConfig(
        config.positiveInt("vocab_size"),
        width,
        config.positiveInt("num_hidden_layers"),
        heads,
        keyValueHeads,
        headSize,
        config.positiveInt("intermediate_size"),
        config.positive("rms_norm_eps", 1e-6),
        rope.positive("rope_theta", 10_000),
        scaling(config),
        config.positiveInt("max_position_embeddings", 2048),
        config.flag("tie_word_embeddings", false));
  }

  private static void refuseUnsupported(ConfigFile config) {
    for (String bias : new String[] {"attention_bias", "mlp_bias"}) {
      if (config.flag(bias, false)) {
        throw config.wrong(bias, "false, since biases are not supported");
      }
    }
    if (!config.text("hidden_act", "silu").equals("silu")) {
      throw config.wrong("hidden_act", "\"silu\"");
    }
  }

  private static Optional<RopeScaling> scaling(ConfigFile config) {
    Optional<ConfigFile> rope =
        config.object("rope_parameters").or(() -> config.object("rope_scaling"));
    if (rope.isEmpty()) {
      return Optional.empty();
    }
    String key = rope.get().has("rope_type") ? "rope_type" : "type";
    return switch (rope.get().text(key, "default")) {
      case "default" -> Optional.empty();
      case "llama3" -> Optional.of(RopeScaling.read(rope.get()));
      default -> throw rope.get().wrong(key, "\"default\" or \"llama3\"");
    };
  }

  /** {@code G}, the query heads that share one key-value head. */
  public int group() {
    return heads / keyValueHeads;
  }
}
