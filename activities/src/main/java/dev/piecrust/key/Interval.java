package dev.piecrust.key;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An interval as {@link Key#in()} has it. */
record Interval(String least, boolean above, String most, boolean below) {
  private static final String INFINITE = "∞";
  private static final Pattern FORM = Pattern.compile("([\\[(])(.+), (.+)([])])");

  static Interval of(String written) {
    Matcher parts = FORM.matcher(written.isEmpty() ? "(-∞, ∞)" : written);
    if (!parts.matches()) {
      throw new IllegalArgumentException(written + " is no interval such as [1, 100)");
    }
    return new Interval(
        parts.group(2), parts.group(1).equals("("), parts.group(3), parts.group(4).equals(")"));
  }

  /** Of whole numbers; an open end is the type's. */
  SpecValue.Whole whole(long typeLeast, long typeMost) {
    return new SpecValue.Whole(
        least.endsWith(INFINITE) ? typeLeast : new BigDecimal(least).longValueExact(),
        most.endsWith(INFINITE) ? typeMost : new BigDecimal(most).longValueExact());
  }

  SpecValue.Decimal decimal(String unit) {
    return new SpecValue.Decimal(
        least.endsWith(INFINITE) ? Double.NEGATIVE_INFINITY : Double.parseDouble(least),
        above && !least.endsWith(INFINITE),
        most.endsWith(INFINITE) ? Double.POSITIVE_INFINITY : Double.parseDouble(most),
        below && !most.endsWith(INFINITE),
        unit);
  }
}
