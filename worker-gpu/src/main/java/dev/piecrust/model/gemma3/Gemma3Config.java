package dev.piecrust.model.gemma3;

import dev.piecrust.model.ConfigFile;
import dev.piecrust.model.decoder.Activation;
import dev.piecrust.model.decoder.AttentionConfig;
import dev.piecrust.model.decoder.DecoderConfig;
import dev.piecrust.model.decoder.DecoderShape;
import dev.piecrust.model.decoder.Rope;
import dev.piecrust.model.decoder.Windows;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The {@code config.json} of a Gemma-3. */
final class Gemma3Config {
  /** What the published files leave out. */
  static final Map<String, Integer> PUBLISHED =
      Map.of(
          "vocab_size", 262_208,
          "num_attention_heads", 8,
          "num_key_value_heads", 4,
          "head_dim", 256);

  private static final int WINDOW = 4096;
  private static final int PATTERN = 6;
  private static final double LOCAL_THETA = 10_000;
  private static final double GLOBAL_THETA = 1_000_000;
  private static final String CAP = "final_logit_softcapping";
  private static final String ACTIVATION = "gelu_pytorch_tanh";

  private Gemma3Config() {}

  /**
   * Reads it, as transformers 4 ({@code rope_local_base_freq}) or 5 ({@code rope_parameters} of
   * each kind of layer) writes it; what would be computed wrongly is refused as a user error.
   */
  static DecoderConfig read(ConfigFile config) {
    for (String key : new String[] {"attention_bias", "use_bidirectional_attention"}) {
      if (config.flag(key, false)) {
        throw config.wrong(key, "false, since that is not supported");
      }
    }
    if (config.has("attn_logit_softcapping")) {
      // The reference implementation reads a number here and does not apply it.
      throw config.wrong("attn_logit_softcapping", "null, since Gemma-3 has no such cap");
    }
    if (!config.text("hidden_activation", ACTIVATION).equals(ACTIVATION)) {
      throw config.wrong("hidden_activation", "\"" + ACTIVATION + "\"");
    }
    DecoderShape shape = DecoderShape.read(config, OptionalInt.empty(), true);
    AttentionConfig attention =
        new AttentionConfig(
            1 / Math.sqrt(config.positive("query_pre_attn_scalar", 256)),
            OptionalDouble.empty(),
            layers(config, shape),
            config.positiveInt("max_position_embeddings", 131_072));
    return new DecoderConfig(
        shape,
        config.positive("rms_norm_eps", 1e-6),
        OptionalDouble.of((float) Math.sqrt(shape.width())), // in f32, as the weights are
        attention,
        Activation.GELU_TANH,
        config.has(CAP) ? OptionalDouble.of(config.positive(CAP)) : OptionalDouble.empty(),
        true);
  }

  private static List<AttentionConfig.OfLayer> layers(ConfigFile config, DecoderShape shape) {
    List<Double> local = local(config).frequencies(shape.headSize());
    List<Double> global = global(config).frequencies(shape.headSize());
    int pattern =
        config.positiveInt(
            "_sliding_window_pattern", config.positiveInt("sliding_window_pattern", PATTERN));
    return Windows.read(config, shape.layers(), WINDOW, l -> (l + 1) % pattern != 0).stream()
        .map(window -> new AttentionConfig.OfLayer(window.isPresent() ? local : global, window))
        .toList();
  }

  /** Of layers with a window, which no scaling slows. */
  private static Rope local(ConfigFile config) {
    double theta = config.positive("rope_local_base_freq", LOCAL_THETA);
    return ofKind(config, "sliding_attention")
        .map(parameters -> Rope.stated(parameters, theta))
        .orElse(new Rope(theta, Optional.empty()));
  }

  private static Rope global(ConfigFile config) {
    return ofKind(config, "full_attention")
        .map(parameters -> Rope.stated(parameters, GLOBAL_THETA))
        .orElseGet(() -> Rope.read(config, GLOBAL_THETA));
  }

  private static Optional<ConfigFile> ofKind(ConfigFile config, String kind) {
    return config.object("rope_parameters").flatMap(kinds -> kinds.object(kind));
  }
}
