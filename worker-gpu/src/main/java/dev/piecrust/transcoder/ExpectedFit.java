package dev.piecrust.transcoder;

import java.util.OptionalDouble;

/**
 * What the configuration of a transcoder says a self-test finds.
 *
 * @param active features of a token in all layers, where it has a number
 * @param unexplained share of the variance of what the MLPs write, where it has a number
 */
public record ExpectedFit(OptionalDouble active, OptionalDouble unexplained) {
  /** Where it is silent. */
  public static final ExpectedFit UNKNOWN =
      new ExpectedFit(OptionalDouble.empty(), OptionalDouble.empty());

  /** Where it says how many features are active alone. */
  public static ExpectedFit ofActive(double active) {
    return new ExpectedFit(OptionalDouble.of(active), OptionalDouble.empty());
  }
}
