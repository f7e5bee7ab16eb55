package dev.piecrust.model.decoder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.model.ConfigFile;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Which layers see a window of positions only: by {@code layer_types}, or by a family's pattern.
 */
public final class Windows {
  private static final String TYPES = "layer_types";
  private static final String SLIDING = "sliding_attention";
  private static final String FULL = "full_attention";

  private Windows() {}

  /** Layers that all see everything before. */
  public static List<OptionalInt> none(int layers) {
    return Collections.nCopies(layers, OptionalInt.empty());
  }

  /**
   * Reads how many positions one sees in each layer, itself included; all empty where {@code
   * sliding_window} is {@code null}.
   *
   * @param published the window where the file names none
   * @param pattern the layers with a window where the file does not list them
   */
  public static List<OptionalInt> read(
      ConfigFile config, int layers, int published, IntPredicate pattern) {
    if (config.node().path("sliding_window").isNull()) {
      return none(layers);
    }
    OptionalInt window = OptionalInt.of(config.positiveInt("sliding_window", published));
    return IntStream.range(0, layers)
        .mapToObj(l -> slides(config, layers, l, pattern) ? window : OptionalInt.empty())
        .toList();
  }

  private static boolean slides(ConfigFile config, int layers, int l, IntPredicate pattern) {
    if (!config.has(TYPES)) {
      return pattern.test(l);
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
