package dev.piecrust.control;

import static dev.piecrust.failure.PieCrustException.user;

import java.math.BigDecimal;

/** Amounts of money as people write them. */
public final class Usd {
  private Usd() {}

  /** Reads an amount; what is none, or negative, is a user error. */
  public static BigDecimal parse(String text) {
    try {
      BigDecimal usd = new BigDecimal(text.strip());
      if (usd.signum() >= 0) {
        return usd;
      }
    } catch (NumberFormatException e) {
      throw expected(text);
    }
    throw expected(text);
  }

  private static RuntimeException expected(String text) {
    return user("a budget of '%s' cannot be; expected an amount in USD, such as 5.00", text);
  }
}
