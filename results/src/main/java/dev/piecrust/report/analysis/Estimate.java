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
}
