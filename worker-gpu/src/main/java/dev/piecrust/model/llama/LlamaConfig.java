package dev.piecrust.model.llama;

import dev.piecrust.model.ConfigFile;
import dev.piecrust.model.decoder.Activation;
import dev.piecrust.model.decoder.AttentionConfig;
import dev.piecrust.model.decoder.DecoderConfig;
import dev.piecrust.model.decoder.DecoderShape;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

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
    DecoderShape.checkHeads(heads, keyValueHeads, headSize);
  }

  /**
   * Reads a {@code config.json}, as transformers 4 ({@code rope_theta}, {@code rope_scaling}) or 5
   * ({@code rope_parameters}) writes it. What this implementation would compute wrongly is refused.
   */
  public static LlamaConfig read(ConfigFile config) {
    refuseUnsupported(config);
    DecoderShape shape = DecoderShape.read(config, OptionalInt.empty(), false);
    ConfigFile rope = config.object("rope_parameters").orElse(config);
    return new LlamaConfig(
        shape.vocabulary(),
        shape.width(),
        shape.layers(),
        shape.heads(),
        shape.keyValueHeads(),
        shape.headSize(),
        shape.innerWidth(),
        config.positive("rms_norm_eps", 1e-6),
        rope.positive("rope_theta", 10_000),
        scaling(config),
        config.positiveInt("max_position_embeddings", 2048),
        shape.tied());
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

  /** What decides the shapes of the tensors. */
  public DecoderShape shape() {
    return new DecoderShape(
        vocabulary, width, layers, heads, keyValueHeads, headSize, innerWidth, tied);
  }

  /** What a pass needs to know. */
  DecoderConfig decoder() {
    List<Double> frequencies =
        AttentionConfig.rotary(ropeTheta, headSize).stream()
            .map(plain -> ropeScaling.map(scaling -> scaling.scale(plain)).orElse(plain))
            .toList();
    AttentionConfig attention =
        new AttentionConfig(
            1 / Math.sqrt(headSize),
            frequencies,
            OptionalDouble.empty(),
            AttentionConfig.everything(layers),
            maxPositions);
    return new DecoderConfig(
        shape(),
        normEpsilon,
        OptionalDouble.empty(),
        attention,
        Activation.SILU,
        OptionalDouble.empty());
  }
}
