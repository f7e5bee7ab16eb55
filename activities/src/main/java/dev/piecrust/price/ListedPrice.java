package dev.piecrust.price;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A price and where it is from.
 *
 * @param provider whose model it is, such as {@code openai}
 * @param regionTimes how many times as much a call costs whose data stay in a region
 * @param asOf the day on which it was the list price; absent where nobody says
 * @param source where it was read
 */
public record ListedPrice(
    String provider,
    String model,
    Price price,
    BigDecimal regionTimes,
    Optional<LocalDate> asOf,
    String source) {
  /**
   * After so many days a list price may well have changed: providers change theirs each quarter.
   */
  static final int OLD_AFTER_DAYS = 90;

  /** A price that its source gives no date. */
  static ListedPrice undated(String provider, String model, Price price, String source) {
    return new ListedPrice(provider, model, price, BigDecimal.ONE, Optional.empty(), source);
  }

  /** Whether it may have changed since. */
  public boolean old(LocalDate today) {
    return asOf.filter(day -> day.plusDays(OLD_AFTER_DAYS).isBefore(today)).isPresent();
  }

  /** Says so where it is old. */
  public Optional<String> warning(LocalDate today) {
    return asOf.filter(day -> old(today))
        .map(
            day ->
                "the price of %s's %s is of %s, more than %d days old; check it at %s, and put what"
                        .formatted(provider, model, day, OLD_AFTER_DAYS, source)
                    + " has changed into your prices.json (piecrust prices --import)");
  }

  ListedPrice inRegion() {
    return new ListedPrice(provider, model, price.times(regionTimes), BigDecimal.ONE, asOf, source);
  }
}
