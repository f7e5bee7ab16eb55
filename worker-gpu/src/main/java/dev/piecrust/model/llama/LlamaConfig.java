package dev.piecrust.model.llama;

import dev.piecrust.model.ConfigFile;
import dev.piecrust.model.decoder.Activation;
import dev.piecrust.model.decoder.AttentionConfig;
import dev.piecrust.model.decoder.DecoderConfig;
import dev.piecrust.model.decoder.DecoderShape;
import dev.piecrust.model.decoder.Rope;
import dev.piecrust.model.decoder.RopeScaling;
import dev.piecrust.model.decoder.Windows;
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
 * @param ropeScaling what slows them, if anything does
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
    Rope rope = Rope.read(config, 10_000);
    return new LlamaConfig(
        shape.vocabulary(),
        shape.width(),
        shape.layers(),
        shape.heads(),
        shape.keyValueHeads(),
        shape.headSize(),
        shape.innerWidth(),
        config.positive("rms_norm_eps", 1e-6),
        rope.theta(),
        rope.scaling(),
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

  /** What decides the shapes of the tensors. */
  public DecoderShape shape() {
    return new DecoderShape(
        vocabulary, width, layers, heads, keyValueHeads, headSize, innerWidth, tied);
  }

  /** What a pass needs to know. */
  public DecoderConfig decoder() {
    List<Double> frequencies = new Rope(ropeTheta, ropeScaling).frequencies(headSize);
    AttentionConfig attention =
        new AttentionConfig(
            1 / Math.sqrt(headSize),
            OptionalDouble.empty(),
            AttentionConfig.rotated(frequencies, Windows.none(layers)),
            maxPositions);
    return new DecoderConfig(
        shape(),
        normEpsilon,
        OptionalDouble.empty(),
        attention,
        Activation.SILU,
        OptionalDouble.empty(),
        false);
  }
}
