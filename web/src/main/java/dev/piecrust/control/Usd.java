package dev.piecrust.control;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.input.Quote;
import java.math.BigDecimal;

/** Amounts of money as people write them. */
public final class Usd {
  private static final BigDecimal MOST = BigDecimal.valueOf(LimitsSpec.MOST_USD);

  /** What the ledger keeps. */
  private static final int MOST_DECIMALS = 12;

  private Usd() {}

  /** Reads an amount; what is none, or negative, is a user error. */
  public static BigDecimal parse(String text) {
    try {
      BigDecimal usd = new BigDecimal(text.strip());
      if (usd.signum() >= 0 && usd.compareTo(MOST) <= 0 && usd.scale() <= MOST_DECIMALS) {
        return usd;
      }
    } catch (NumberFormatException e) {
      throw expected(text);
    }
    throw expected(text);
  }

  private static RuntimeException expected(String text) {
    return user(
        "the budget is '%s', expected an amount in USD from 0 to %s, such as 5.00",
        Quote.of(text), MOST);
  }
}
