package dev.piecrust.report.text;

import dev.piecrust.report.analysis.BudgetEstimate;
import dev.piecrust.report.analysis.Estimate;
import java.util.Locale;
import java.util.OptionalDouble;

/** Writes figures with three significant digits, and what is missing as a dash. */
public final class Figures {
  /** What stands where there is no figure. */
  static final String MISSING = "–";

  private Figures() {}

  public static String of(OptionalDouble value) {
    return value.isPresent() ? of(value.getAsDouble()) : MISSING;
  }

  public static String of(double value) {
    double size = Math.abs(value);
    if (size != 0 && size < 0.0005) {
      return String.format(Locale.ROOT, "%.0e", value);
    }
    int decimals = size < 1 ? 3 : size < 10 ? 2 : size < 100 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** A mean and half the width of its 95 % interval, where it has one. */
  static String withHalfWidth(Estimate estimate, boolean starred) {
    String mean = of(estimate.mean()) + (starred ? "*" : "");
    return estimate.halfWidth().isPresent() ? mean + " ±" + of(estimate.halfWidth()) : mean;
  }

  public static String interval(double low, double high) {
    return of(low) + "–" + of(high);
  }

  /** A number of occurrences, or the end of the curve past which it lies. */
  static String count(BudgetEstimate estimate) {
    return estimate.sign() + String.format(Locale.ROOT, "%,d", Math.round(estimate.budget()));
  }

  /** A share as a percentage. */
  static String share(OptionalDouble value) {
    return value.isPresent()
        ? String.format(Locale.ROOT, "%.0f %%", 100 * value.getAsDouble())
        : MISSING;
  }
}
