package dev.piecrust.view.campaign;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a campaign's language model has cost, and how fast it is asked.
 *
 * @param cap in USD
 * @param spent settled, in USD
 * @param reserved worst cases of what is under way, in USD
 * @param unknown worst cases of what may have been charged, in USD
 * @param projected what it will have cost at its end, as it goes on so far, in USD
 * @param calls answered
 * @param hits answers that were there already
 * @param requestsPerMinute in the last whole minute; absent where nothing is under way
 * @param tokensPerMinute likewise
 * @param requestLimit of the spec, a minute
 * @param tokenLimit likewise
 * @param points what was spent until each moment
 */
public record SpendView(
    Optional<BigDecimal> cap,
    BigDecimal spent,
    BigDecimal reserved,
    BigDecimal unknown,
    Optional<BigDecimal> projected,
    long calls,
    long hits,
    OptionalLong requestsPerMinute,
    OptionalLong tokensPerMinute,
    Optional<Integer> requestLimit,
    Optional<Integer> tokenLimit,
    List<Point> points) {
  public SpendView {
    points = List.copyOf(points);
  }

  /**
   * @param usd spent from the beginning until then
   * @param requests since the last point
   * @param tokens since the last point
   */
  public record Point(Instant at, BigDecimal usd, long requests, long tokens) {}

  /** Hits as a share of all answers; absent where there is no answer. */
  public Optional<Double> hitShare() {
    long answers = calls + hits;
    return answers == 0 ? Optional.empty() : Optional.of((double) hits / answers);
  }
}
