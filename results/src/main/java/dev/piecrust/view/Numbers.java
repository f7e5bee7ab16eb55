package dev.piecrust.view;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/** Numbers in the digits that people read. */
public final class Numbers {
  /** What stands where there is no number. */
  public static final String MISSING = "–";

  private static final BigDecimal CENT = new BigDecimal("0.01");
  private static final int KIBI = 1024;
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  private Numbers() {}

  /** {@code 1,234}. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Three significant digits. */
  public static String figure(double value) {
    if (Double.isNaN(value)) {
      return MISSING;
    }
    double size = Math.abs(value);
    if (size != 0 && size < 0.0005) {
      return String.format(Locale.ROOT, "%.0e", value);
    }
    int decimals = size < 1 ? 3 : size < 10 ? 2 : size < 100 ? 1 : 0;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  /** {@code $1.83}; four digits under a cent, {@code $0.00} for nothing. */
  public static String usd(BigDecimal value) {
    boolean small = value.signum() != 0 && value.abs().compareTo(CENT) < 0;
    int decimals = small ? 4 : 2;
    BigDecimal rounded = value.abs().setScale(decimals, RoundingMode.HALF_UP);
    return (value.signum() < 0 ? "-$" : "$")
        + String.format(Locale.ROOT, "%,." + decimals + "f", rounded);
  }

  /** A share of one as {@code 38 %}. */
  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  /** A time as people say it: {@code 8 s}, {@code 3 min}, {@code 1 h 40 min}, {@code 2 d 3 h}. */
  public static String span(long seconds) {
    Duration time = Duration.ofSeconds(Math.max(0, seconds));
    if (time.toMinutes() < 2) {
      return time.toSeconds() + " s";
    }
    if (time.toHours() == 0) {
      return time.toMinutes() + " min";
    }
    return time.toHours() < 48
        ? "%d h %d min".formatted(time.toHours(), time.toMinutesPart())
        : "%d d %d h".formatted(time.toDays(), time.toHoursPart());
  }

  /** {@code 1.4 GiB}. */
  public static String bytes(long value) {
    double size = value;
    int unit = 0;
    while (size >= KIBI && unit < UNITS.length - 1) {
      size /= KIBI;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", size, UNITS[unit]);
  }
}
