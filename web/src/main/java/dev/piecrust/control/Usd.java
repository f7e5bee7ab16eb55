package dev.piecrust.control;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.input.Quote;
import java.math.BigDecimal;

/** Amounts of money as people write them. */
public final class Usd {
  /** What is an amount, as a regular expression: with as many digits as the ledger keeps. */
  public static final String AMOUNT =
      "^ *([0-9]{1,9}(\\.[0-9]{0,12})?|\\.[0-9]{1,12}|" + LimitsSpec.MOST_USD + ") *$";

  private Usd() {}

  /** Reads an amount; what is none is a user error. */
  public static BigDecimal parse(String text) {
    if (!text.matches(AMOUNT)) {
      throw expected(text);
    }
    return new BigDecimal(text.strip());
  }

  private static RuntimeException expected(String text) {
    return user(
        "the budget is '%s', expected an amount in USD from 0 to %s, such as 5.00",
        Quote.of(text), LimitsSpec.MOST_USD);
  }
}
