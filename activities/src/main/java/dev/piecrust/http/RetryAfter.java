package dev.piecrust.http;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * When a server wants to be asked again (RFC 9110 §10.2.3): in seconds, or as a date, which is
 * compared with the server's own clock where it tells it.
 */
public final class RetryAfter {
  /** What is longer is not believed. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private static final int FIRST_YEAR = 1980;

  /** The three forms that a recipient has to know (RFC 9110 §5.6.7). */
  private static final List<DateTimeFormatter> DATES =
      List.of(
          DateTimeFormatter.RFC_1123_DATE_TIME,
          form("EEEE, dd-MMM-")
              .appendValueReduced(ChronoField.YEAR, 2, 2, LocalDate.of(FIRST_YEAR, 1, 1))
              .appendPattern(" HH:mm:ss 'GMT'")
              .toFormatter(Locale.ENGLISH)
              .withZone(ZoneOffset.UTC),
          form("EEE MMM ppd HH:mm:ss yyyy").toFormatter(Locale.ENGLISH).withZone(ZoneOffset.UTC));

  private RetryAfter() {}

  private static DateTimeFormatterBuilder form(String pattern) {
    return new DateTimeFormatterBuilder().parseCaseInsensitive().appendPattern(pattern);
  }

  /** From nothing to a day; empty where the headers do not say. */
  public static Optional<Duration> of(HttpHeaders headers, Clock clock) {
    return headers
        .firstValue("retry-after-ms") // of OpenAI, and finer
        .flatMap(value -> seconds(value, 1000))
        .or(() -> headers.firstValue("retry-after").flatMap(value -> wait(value, headers, clock)))
        .map(RetryAfter::bounded);
  }

  private static Optional<Duration> wait(String value, HttpHeaders headers, Clock clock) {
    return seconds(value, 1)
        .or(() -> moment(value).map(at -> Duration.between(now(headers, clock), at)));
  }

  private static Instant now(HttpHeaders headers, Clock clock) {
    return headers.firstValue("date").flatMap(RetryAfter::moment).orElseGet(clock::instant);
  }

  private static Optional<Duration> seconds(String value, double unitsASecond) {
    if (!value.strip().matches("\\d{1,12}(\\.\\d{1,9})?")) {
      return Optional.empty();
    }
    double seconds = Double.parseDouble(value.strip()) / unitsASecond;
    return Optional.of(Duration.ofMillis((long) Math.ceil(seconds * 1000)));
  }

  private static Optional<Instant> moment(String value) {
    return DATES.stream().flatMap(form -> parsed(form, value.strip()).stream()).findFirst();
  }

  private static Optional<Instant> parsed(DateTimeFormatter form, String value) {
    try {
      return Optional.of(form.parse(value, Instant::from));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Duration bounded(Duration wait) {
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
