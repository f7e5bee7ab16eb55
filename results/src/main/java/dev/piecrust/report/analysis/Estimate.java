package dev.piecrust.report.analysis;

import java.util.OptionalDouble;

/**
 * A mean over prompts with what it stands on.
 *
 * @param n prompts that have a value
 * @param missing prompts of which the value is missing; they are in no figure here
 * @param mean absent where {@code n} is 0
 * @param sd sample standard deviation (over {@code n − 1}); absent where {@code n} is below 2
 * @param low lower end of the 95 % interval of the mean; absent where {@code n} is below 2
 * @param high its upper end
 */
public record Estimate(
    int n,
    int missing,
    OptionalDouble mean,
    OptionalDouble sd,
    OptionalDouble low,
    OptionalDouble high) {
  /** That of no values. */
  public static final Estimate NONE =
      new Estimate(
          0,
          0,
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty());

  /** Whether the interval leaves zero out. */
  public boolean excludesZero() {
    return low.isPresent() && high.isPresent() && (low.getAsDouble() > 0 || high.getAsDouble() < 0);
  }

  /** Half the width of the interval; absent where there is none. */
  public OptionalDouble halfWidth() {
    return low.isPresent() && high.isPresent()
        ? OptionalDouble.of((high.getAsDouble() - low.getAsDouble()) / 2)
        : OptionalDouble.empty();
  }
}
