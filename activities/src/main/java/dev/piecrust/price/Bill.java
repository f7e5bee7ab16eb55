package dev.piecrust.price;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** What a call costs, in USD to 12 decimals, rounded up. */
public final class Bill {
  /** Decimals of an amount, in the database too. */
  public static final int SCALE = 12;

  private static final int MILLION = 6;

  private Bill() {}

  /**
   * The most that a call can cost: {@code max(in, read, write)·prompt + max(out,
   * reasoning)·output}, times what its tier costs.
   *
   * @param promptTokens at most; they decide whether the prompt is a long one
   * @param outputTokens at most, reasoning included
   * @param tier in which it will be served
   */
  public static BigDecimal worstCase(
      Price price, long promptTokens, long outputTokens, ServiceTier tier) {
    BigDecimal worst = dearest(price, promptTokens, outputTokens);
    BigDecimal asLong = dearest(price.at(promptTokens), promptTokens, outputTokens);
    return amount(price, worst.max(asLong), tier);
  }

  /**
   * What a call cost at its reported usage: {@code in·(input − read − write) + read·cached +
   * write·written + out·output}, times what its tier costs.
   *
   * @param tier in which it was served
   */
  public static BigDecimal of(Price price, TokenUsage usage, ServiceTier tier) {
    Price known = price.at(usage.input());
    BigDecimal prompt =
        times(known.input(), usage.input() - usage.cachedInput() - usage.cacheWrite())
            .add(times(known.cachedInput(), usage.cachedInput()))
            .add(times(known.cacheWrite(), usage.cacheWrite()));
    BigDecimal output =
        times(known.output(), usage.output() - usage.reasoning())
            .add(times(known.reasoning(), usage.reasoning()));
    return amount(known, prompt.add(output), tier);
  }

  private static BigDecimal dearest(Price price, long promptTokens, long outputTokens) {
    return times(price.dearestInput(), promptTokens)
        .add(times(price.dearestOutput(), outputTokens));
  }

  private static BigDecimal times(BigDecimal perMillion, long tokens) {
    return perMillion.multiply(BigDecimal.valueOf(tokens));
  }

  private static BigDecimal amount(Price price, BigDecimal millionths, ServiceTier tier) {
    return millionths
        .multiply(price.times(tier))
        .movePointLeft(MILLION)
        .setScale(SCALE, RoundingMode.CEILING);
  }
}
