package dev.piecrust.model.gemma2;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.model.ConfigFile;
import dev.piecrust.model.decoder.AttentionConfig;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Which layers see a window of positions only: by {@code layer_types}, or else every other one. */
final class Windows {
  private static final String TYPES = "layer_types";
  private static final String SLIDING = "sliding_attention";
  private static final String FULL = "full_attention";
  private static final int PUBLISHED = 4096;

  private Windows() {}

  /** One a layer; all empty where {@code sliding_window} is {@code null}. */
  static List<OptionalInt> read(ConfigFile config, int layers) {
    if (config.node().path("sliding_window").isNull()) {
      return AttentionConfig.everything(layers);
    }
    OptionalInt window = OptionalInt.of(config.positiveInt("sliding_window", PUBLISHED));
    return IntStream.range(0, layers)
        .mapToObj(l -> slides(config, layers, l) ? window : OptionalInt.empty())
        .toList();
  }

  private static boolean slides(ConfigFile config, int layers, int l) {
    if (!config.has(TYPES)) {
      return l % 2 == 0;
    }
    JsonNode types = config.node().path(TYPES);
    String type = types.path(l).asText();
    if (types.size() != layers || !(type.equals(SLIDING) || type.equals(FULL))) {
      throw config.wrong(
          TYPES, "\"%s\" or \"%s\" for each of %d layers".formatted(SLIDING, FULL, layers));
    }
    return type.equals(SLIDING);
  }
}
