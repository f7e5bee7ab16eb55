package dev.piecrust.report;

import java.util.Locale;
import java.util.OptionalDouble;

/** Writes figures with three significant digits, and what is missing as a dash. */
final class Figures {
  private static final String MISSING = "–";

  private Figures() {}

  static String of(OptionalDouble value) {
    return value.isPresent() ? of(value.getAsDouble()) : MISSING;
  }

  static String of(double value) {
    double size = Math.abs(value);
    if (size != 0 && size < 0.0005) {
      return String.format(Locale.ROOT, "%.0e", value);
    }
    int decimals = size < 1 ? 3 : size < 10 ? 2 : size < 100 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** A share as a percentage. */
  static String share(OptionalDouble value) {
    return value.isPresent()
        ? String.format(Locale.ROOT, "%.0f %%", 100 * value.getAsDouble())
        : MISSING;
  }
}
