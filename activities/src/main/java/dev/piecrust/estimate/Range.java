package dev.piecrust.estimate;

import java.util.function.DoubleUnaryOperator;

/**
 * What a quantity may become.
 *
 * @param low where all goes well
 * @param expected the figure to plan with
 * @param high the worst case
 */
public record Range(double low, double expected, double high) {
  public static final Range ZERO = exactly(0);

  public Range {
    if (!(low <= expected && expected <= high)) {
      throw new IllegalArgumentException("%s, %s, %s".formatted(low, expected, high));
    }
  }

  /** What is known. */
  public static Range exactly(double value) {
    return new Range(value, value, value);
  }

  public Range plus(Range other) {
    return new Range(low + other.low, expected + other.expected, high + other.high);
  }

  /** Both not negative. */
  public Range times(Range other) {
    return new Range(low * other.low, expected * other.expected, high * other.high);
  }

  public Range times(double factor) {
    return times(exactly(factor));
  }

  /** Each end through a function that does not fall. */
  public Range map(DoubleUnaryOperator rising) {
    return new Range(
        rising.applyAsDouble(low), rising.applyAsDouble(expected), rising.applyAsDouble(high));
  }

  /** The larger of each end. */
  public Range max(Range other) {
    return new Range(
        Math.max(low, other.low), Math.max(expected, other.expected), Math.max(high, other.high));
  }
}
