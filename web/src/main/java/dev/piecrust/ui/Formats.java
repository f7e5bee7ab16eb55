package dev.piecrust.ui;

import dev.piecrust.view.Numbers;
import dev.piecrust.view.ScoreSpread;
import io.quarkus.qute.TemplateExtension;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** How numbers, money and times are written in pages. */
@TemplateExtension
final class Formats {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Formats() {}

  /** {@code 1,234}. */
  static String count(long value) {
    return Numbers.count(value);
  }

  static String count(int value) {
    return Numbers.count(value);
  }

  /** Three significant digits. */
  static String figure(double value) {
    return Numbers.figure(value);
  }

  static String figure(OptionalDouble value) {
    return value.isPresent() ? Numbers.figure(value.getAsDouble()) : Numbers.MISSING;
  }

  static String figure(Optional<Double> value) {
    return value.map(Numbers::figure).orElse(Numbers.MISSING);
  }

  /** {@code $1.83}; four digits under a cent. */
  static String usd(BigDecimal value) {
    return Numbers.usd(value);
  }

  static String usd(double value) {
    return Numbers.usd(BigDecimal.valueOf(value));
  }

  /** A share of one as {@code 38 %}. */
  static String percent(double share) {
    return Numbers.percent(share);
  }

  /** A small share of one as {@code 1.42 %}. */
  static String portion(double share) {
    return share == 0 ? "0 %" : Numbers.figure(100 * share) + " %";
  }

  /** Seconds as {@code 3 min}. */
  static String span(long seconds) {
    return Numbers.span(seconds);
  }

  static String span(double seconds) {
    return Numbers.span(Math.round(seconds));
  }

  /** {@code 1.4 GiB}. */
  static String bytes(long value) {
    return Numbers.bytes(value);
  }

  /** For machines. */
  static String iso(Instant at) {
    return at.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /** For people whose browser runs no script. */
  static String utc(Instant at) {
    return UTC.format(at);
  }

  /** Where a bar begins in a chart that is 100 wide and 40 high. */
  static double left(ScoreSpread.Bin bin) {
    return 100 * bin.from() + 0.3;
  }

  static double top(ScoreSpread.Bin bin) {
    return 40 - height(bin);
  }

  /** At least so much that it is seen. */
  static double height(ScoreSpread.Bin bin) {
    return Math.max(1, 40 * bin.part());
  }

  static String label(ScoreSpread.Bin bin) {
    return "%s to %s: %s"
        .formatted(
            Numbers.figure(bin.from()),
            Numbers.figure(bin.to()),
            bin.features() == 1 ? "1 feature" : Numbers.count(bin.features()) + " features");
  }
}
