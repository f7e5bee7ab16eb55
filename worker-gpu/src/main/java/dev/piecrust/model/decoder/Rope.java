package dev.piecrust.model.decoder;

import dev.piecrust.model.ConfigFile;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Rotary positions.
 *
 * @param theta base of the frequencies
 * @param scaling what slows them, if anything does
 */
public record Rope(double theta, Optional<RopeScaling> scaling) {
  /**
   * Reads a {@code config.json}, as transformers 4 ({@code rope_theta}, {@code rope_scaling}) or 5
   * ({@code rope_parameters}) writes it; a user error where it states what is not supported.
   *
   * @param theta where the file names none
   */
  public static Rope read(ConfigFile config, double theta) {
    Optional<ConfigFile> parameters = config.object("rope_parameters");
    double older = config.positive("rope_theta", theta);
    return parameters.isPresent()
        ? stated(parameters.get(), older)
        : new Rope(older, config.object("rope_scaling").flatMap(Rope::scaling));
  }

  /**
   * Reads an object of {@code rope_parameters}.
   *
   * @param theta where it names none
   */
  public static Rope stated(ConfigFile parameters, double theta) {
    return new Rope(parameters.positive("rope_theta", theta), scaling(parameters));
  }

  private static Optional<RopeScaling> scaling(ConfigFile rope) {
    if (rope.positive("partial_rotary_factor", 1) != 1) {
      throw rope.wrong("partial_rotary_factor", "1, since heads are rotated whole");
    }
    return RopeScaling.read(rope);
  }

  /** The angle per position of each pair of rotated dimensions: {@code theta^(−2i/h)}, scaled. */
  public List<Double> frequencies(int headSize) {
    return IntStream.range(0, headSize / 2)
        .mapToObj(i -> Math.pow(theta, -2.0 * i / headSize))
        .map(plain -> scaling.map(s -> s.scale(plain)).orElse(plain))
        .toList();
  }
}
