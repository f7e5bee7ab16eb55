package dev.piecrust.llm;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * When a provider wants to be asked again (RFC 9110 §10.2.3): in seconds, or as a date, which is
 * compared with the provider's own clock where it tells it.
 */
final class RetryAfter {
  /** What is longer is not believed. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private RetryAfter() {}

  static Optional<Duration> of(HttpHeaders headers, Clock clock) {
    Optional<Duration> millis =
        headers.firstValue("retry-after-ms").flatMap(value -> seconds(value, 1000));
    return millis.or(
        () ->
            headers
                .firstValue("retry-after")
                .flatMap(
                    value ->
                        seconds(value, 1)
                            .or(
                                () ->
                                    moment(value)
                                        .map(at -> bounded(between(headers, clock, at))))));
  }

  private static Duration between(HttpHeaders headers, Clock clock, Instant at) {
    Instant now = headers.firstValue("date").flatMap(RetryAfter::moment).orElseGet(clock::instant);
    return Duration.between(now, at);
  }

  private static Optional<Duration> seconds(String value, double unitsASecond) {
    if (!value.strip().matches("\\d{1,12}(\\.\\d{1,9})?")) {
      return Optional.empty();
    }
    double seconds = Double.parseDouble(value.strip()) / unitsASecond;
    return Optional.of(bounded(Duration.ofMillis((long) Math.ceil(seconds * 1000))));
  }

  private static Optional<Instant> moment(String value) {
    try {
      return Optional.of(
          ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
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
