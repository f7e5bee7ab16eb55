package dev.piecrust.model.qwen2;

import dev.piecrust.model.ConfigFile;
import dev.piecrust.model.decoder.Activation;
import dev.piecrust.model.decoder.AttentionConfig;
import dev.piecrust.model.decoder.DecoderConfig;
import dev.piecrust.model.decoder.DecoderShape;
import dev.piecrust.model.decoder.Rope;
import dev.piecrust.model.decoder.Windows;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The {@code config.json} that the Qwen families share. */
public final class QwenConfig {
  private static final int WINDOW = 4096;
  private static final int LAYERS_BEFORE_WINDOWS = 28;

  private QwenConfig() {}

  /**
   * Reads it; what this implementation would compute wrongly is refused as a user error.
   *
   * @param headSize where the file names none; empty for the width over the heads
   */
  public static DecoderConfig read(ConfigFile config, OptionalInt headSize) {
    for (String bias : new String[] {"attention_bias", "mlp_bias"}) {
      if (config.flag(bias, false)) {
        throw config.wrong(bias, "false, since the family has no such biases");
      }
    }
    if (!config.text("hidden_act", "silu").equals("silu")) {
      throw config.wrong("hidden_act", "\"silu\"");
    }
    DecoderShape shape = DecoderShape.read(config, headSize, false);
    AttentionConfig attention =
        new AttentionConfig(
            1 / Math.sqrt(shape.headSize()),
            OptionalDouble.empty(),
            AttentionConfig.rotated(
                Rope.read(config, 10_000).frequencies(shape.headSize()),
                windows(config, shape.layers())),
            config.positiveInt("max_position_embeddings", 32_768));
    return new DecoderConfig(
        shape,
        config.positive("rms_norm_eps", 1e-6),
        OptionalDouble.empty(),
        attention,
        Activation.SILU,
        OptionalDouble.empty(),
        false);
  }

  private static List<OptionalInt> windows(ConfigFile config, int layers) {
    if (!config.flag("use_sliding_window", false)) {
      return Windows.none(layers);
    }
    int before = config.count("max_window_layers", LAYERS_BEFORE_WINDOWS);
    return Windows.read(config, layers, WINDOW, l -> l >= before);
  }
}
