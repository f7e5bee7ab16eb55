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
   * The most that a call can cost.
   *
   * @param promptTokens at most
   * @param outputTokens at most, reasoning included
   * @param batched whether it is part of a provider's batch
   */
  public static BigDecimal worstCase(
      Price price, long promptTokens, long outputTokens, boolean batched) {
    BigDecimal prompt = times(price.input().max(price.cachedInput()), promptTokens);
    BigDecimal output = times(price.output().max(price.reasoning()), outputTokens);
    return amount(price, prompt.add(output), batched);
  }

  /** What a call cost at its reported usage. */
  public static BigDecimal of(Price price, TokenUsage usage, boolean batched) {
    BigDecimal prompt =
        times(price.input(), usage.input() - usage.cachedInput())
            .add(times(price.cachedInput(), usage.cachedInput()));
    BigDecimal output =
        times(price.output(), usage.output() - usage.reasoning())
            .add(times(price.reasoning(), usage.reasoning()));
    return amount(price, prompt.add(output), batched);
  }

  private static BigDecimal times(BigDecimal perMillion, long tokens) {
    return perMillion.multiply(BigDecimal.valueOf(tokens));
  }

  private static BigDecimal amount(Price price, BigDecimal millionths, boolean batched) {
    BigDecimal whole = batched ? millionths.multiply(price.batchShare()) : millionths;
    return whole.movePointLeft(MILLION).setScale(SCALE, RoundingMode.CEILING);
  }
}
