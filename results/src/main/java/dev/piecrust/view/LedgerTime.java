package dev.piecrust.view;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What language models have cost over time.
 *
 * @param spent in all, in USD
 * @param points in the order of time
 */
public record LedgerTime(BigDecimal spent, List<Moment> points) {
  /** Spans of time in which calls are added up, at most. */
  static final int MOST = 300;

  public LedgerTime {
    points = List.copyOf(points);
  }

  /**
   * @param usd spent from the beginning until then
   * @param requests since the last point
   */
  public record Moment(Instant at, BigDecimal usd, long requests) {}

  /** Some minutes, by their number. */
  record Span(long number, BigDecimal usd, long requests) {}

  /**
   * Adds them up.
   *
   * @param width of a span, in minutes
   */
  static LedgerTime of(long width, List<Span> spans) {
    List<Moment> points = new ArrayList<>();
    BigDecimal total = BigDecimal.ZERO;
    for (Span span : spans) {
      total = total.add(span.usd());
      Instant end = Instant.EPOCH.plus(Duration.ofMinutes((span.number() + 1) * width));
      points.add(new Moment(end, total, span.requests()));
    }
    return new LedgerTime(total, points);
  }
}
