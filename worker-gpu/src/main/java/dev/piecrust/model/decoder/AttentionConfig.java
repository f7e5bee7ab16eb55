package dev.piecrust.model.decoder;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How positions look at each other.
 *
 * @param queryScale what queries are multiplied by
 * @param cap the soft-cap of the scores, if they have one
 * @param layers what each layer sees, and how it rotates
 * @param maxPositions most tokens of one prompt
 */
public record AttentionConfig(
    double queryScale, OptionalDouble cap, List<OfLayer> layers, int maxPositions) {
  /**
   * The positions of one layer.
   *
   * @param frequencies angle per position of each pair of rotated dimensions, {@code h/2} of them
   * @param window how many positions one sees, itself included; empty for all before
   */
  public record OfLayer(List<Double> frequencies, OptionalInt window) {
    public OfLayer {
      frequencies = List.copyOf(frequencies);
    }
  }

  public AttentionConfig {
    layers = List.copyOf(layers);
  }

  /**
   * Layers that all rotate alike.
   *
   * @param windows one a layer
   */
  public static List<OfLayer> rotated(List<Double> frequencies, List<OptionalInt> windows) {
    return windows.stream().map(window -> new OfLayer(frequencies, window)).toList();
  }
}
