package dev.piecrust.model.decoder;

import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * How positions look at each other.
 *
 * @param queryScale what queries are multiplied by
 * @param frequencies angle per position of each pair of rotated dimensions, {@code h/2} of them
 * @param cap the soft-cap of the scores, if they have one
 * @param windows for each layer, how many positions one sees, itself included; empty for all before
 * @param maxPositions most tokens of one prompt
 */
public record AttentionConfig(
    double queryScale,
    List<Double> frequencies,
    OptionalDouble cap,
    List<OptionalInt> windows,
    int maxPositions) {
  public AttentionConfig {
    frequencies = List.copyOf(frequencies);
    windows = List.copyOf(windows);
  }

  /** The plain rotary frequencies {@code theta^(−2i/h)}. */
  public static List<Double> rotary(double theta, int headSize) {
    return IntStream.range(0, headSize / 2)
        .mapToObj(i -> Math.pow(theta, -2.0 * i / headSize))
        .toList();
  }

  /** Layers that all see everything before. */
  public static List<OptionalInt> everything(int layers) {
    return Collections.nCopies(layers, OptionalInt.empty());
  }
}
