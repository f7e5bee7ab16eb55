package dev.piecrust.store.rate;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * An endpoint gives no answers, and campaigns wait for it.
 *
 * @param endpoint its name for people
 * @param since when the first call failed that no answer followed
 * @param said what the last call met
 * @param next when it is tried next
 */
public record Outage(String endpoint, Instant since, String said, Instant next) {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Such as {@code waiting for openai m at http://…: it cannot be reached; since …}. */
  public String sentence() {
    return "waiting for %s: %s; since %s UTC, next try at %s UTC"
        .formatted(endpoint, said, DAY.format(since), TIME.format(next));
  }
}
