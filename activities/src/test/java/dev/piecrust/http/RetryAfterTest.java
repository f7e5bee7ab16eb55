package dev.piecrust.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryAfterTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC);

  @Test
  void readsSeconds() {
    assertThat(after("2")).contains(Duration.ofSeconds(2));
    assertThat(after(" 0 ")).contains(Duration.ZERO);
    assertThat(after("0.5")).contains(Duration.ofMillis(500));
    assertThat(after("999999999")).contains(Duration.ofDays(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sun, 22 Nov 2026 10:01:30 GMT",
        "Sunday, 22-Nov-26 10:01:30 GMT",
        "Sun Nov 22 10:01:30 2026"
      })
  void readsDatesInAllForms(String date) {
    assertThat(after(date)).contains(Duration.ofSeconds(90));
  }

  @Test
  void readsADayWithOneDigit() {
    HttpHeaders headers =
        headers(
            Map.of("Retry-After", "Wed Nov  4 10:00:07 2026", "Date", "Wed Nov  4 10:00:00 2026"));
    assertThat(RetryAfter.of(headers, CLOCK)).contains(Duration.ofSeconds(7));
  }

  @Test
  void keepsDatesWithinADay() {
    assertThat(after("Sun, 22 Nov 2026 09:00:00 GMT")).contains(Duration.ZERO);
    assertThat(after("Wed, 25 Nov 2026 09:00:00 GMT")).contains(Duration.ofDays(1));
  }

  @Test
  void measuresADateByTheServersClockSoThatOnesOwnMayBeWrong() {
    HttpHeaders anHourAhead =
        headers(
            Map.of(
                "Retry-After", "Sun, 22 Nov 2026 11:01:30 GMT",
                "Date", "Sun, 22 Nov 2026 11:00:00 GMT"));
    assertThat(RetryAfter.of(anHourAhead, CLOCK)).contains(Duration.ofSeconds(90));
  }

  @Test
  void prefersMilliseconds() {
    assertThat(RetryAfter.of(headers(Map.of("retry-after-ms", "1250", "retry-after", "2")), CLOCK))
        .contains(Duration.ofMillis(1250));
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-1", "", "Sun, 22 Nov 2026", "22 Nov 2026 10:01:30"})
  void takesNothingElse(String value) {
    assertThat(after(value)).isEmpty();
  }

  private static Optional<Duration> after(String value) {
    return RetryAfter.of(headers(Map.of("Retry-After", value)), CLOCK);
  }

  private static HttpHeaders headers(Map<String, String> values) {
    return HttpHeaders.of(
        values.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue()))),
        (name, value) -> true);
  }
}
