package dev.piecrust.model.gemma2;

import dev.piecrust.model.ConfigFile;
import dev.piecrust.model.decoder.Activation;
import dev.piecrust.model.decoder.AttentionConfig;
import dev.piecrust.model.decoder.DecoderConfig;
import dev.piecrust.model.decoder.DecoderShape;
import dev.piecrust.model.decoder.Rope;
import dev.piecrust.model.decoder.Windows;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Shape and constants of a Gemma-2, as its {@code config.json} states them.
 *
 * @param shape of the tensors
 * @param normEpsilon added to the mean square in every norm
 * @param ropeTheta base of the rotary frequencies
 * @param maxPositions most tokens of one prompt
 * @param queryScalar {@code query_pre_attn_scalar}; queries are divided by its root
 * @param attentionCap the soft-cap of attention's scores, if there is one
 * @param finalCap the soft-cap of the logits, if there is one
 * @param windows for each layer, how many positions one sees, itself included; empty for all before
 */
public record Gemma2Config(
    DecoderShape shape,
    double normEpsilon,
    double ropeTheta,
    int maxPositions,
    double queryScalar,
    OptionalDouble attentionCap,
    OptionalDouble finalCap,
    List<OptionalInt> windows) {
  private static final int HEAD_SIZE = 256;
  private static final int WINDOW = 4096;
  private static final String ACTIVATION = "gelu_pytorch_tanh";

  public Gemma2Config {
    windows = List.copyOf(windows);
  }

  /**
   * Reads a {@code config.json}, as transformers 4 ({@code rope_theta}) or 5 ({@code
   * rope_parameters}, {@code layer_types}) writes it. What this implementation would compute
   * wrongly is refused.
   */
  public static Gemma2Config read(ConfigFile config) {
    ConfigFile rope = config.object("rope_parameters").orElse(config);
    refuseUnsupported(config, rope);
    DecoderShape shape = DecoderShape.read(config, OptionalInt.of(HEAD_SIZE), true);
    return new Gemma2Config(
        shape,
        config.positive("rms_norm_eps", 1e-6),
        rope.positive("rope_theta", 10_000),
        config.positiveInt("max_position_embeddings", 8192),
        config.positive("query_pre_attn_scalar", HEAD_SIZE),
        cap(config, "attn_logit_softcapping", 50),
        cap(config, "final_logit_softcapping", 30),
        Windows.read(config, shape.layers(), WINDOW, l -> l % 2 == 0));
  }

  private static void refuseUnsupported(ConfigFile config, ConfigFile rope) {
    for (String key : new String[] {"attention_bias", "use_bidirectional_attention"}) {
      if (config.flag(key, false)) {
        throw config.wrong(key, "false, since that is not supported");
      }
    }
    if (!config.text("hidden_activation", ACTIVATION).equals(ACTIVATION)) {
      throw config.wrong("hidden_activation", "\"" + ACTIVATION + "\"");
    }
    if (!rope.text("rope_type", "default").equals("default")) {
      throw rope.wrong("rope_type", "\"default\"");
    }
    if (config.has("rope_scaling")) {
      throw config.wrong("rope_scaling", "null, since Gemma-2 has none");
    }
  }

  /** An absent key stands for the published value, {@code null} for no cap. */
  private static OptionalDouble cap(ConfigFile config, String key, double whenAbsent) {
    return config.node().path(key).isNull()
        ? OptionalDouble.empty()
        : OptionalDouble.of(config.positive(key, whenAbsent));
  }

  /** What a pass needs to know. */
  DecoderConfig decoder() {
    AttentionConfig attention =
        new AttentionConfig(
            1 / Math.sqrt(queryScalar),
            attentionCap,
            AttentionConfig.rotated(
                new Rope(ropeTheta, Optional.empty()).frequencies(shape.headSize()), windows),
            maxPositions);
    // The factor is rounded to f32 whatever the weights are, as it was in training.
    OptionalDouble embedScale = OptionalDouble.of((float) Math.sqrt(shape.width()));
    return new DecoderConfig(
        shape, normEpsilon, embedScale, attention, Activation.GELU_TANH, finalCap, true);
  }
}
