package dev.piecrust.estimate;

import java.util.function.DoubleUnaryOperator;

/**
 * What a quantity may become. None of the three is below the one before it.
 *
 * @param low where all goes well
 * @param expected the figure to plan with
 * @param high the worst case
 */
public record Range(double low, double expected, double high) {
  /** What is not asked for costs nothing, for sure. */
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

  /** End by end, as if both came out low together and high together. */
  public Range plus(Range other) {
    return new Range(low + other.low, expected + other.expected, high + other.high);
  }

  /** Both not negative. */
  public Range times(Range other) {
    return new Range(low * other.low, expected * other.expected, high * other.high);
  }

  /** Every end times a factor that is not negative. */
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
