package dev.piecrust.cli;

import dev.piecrust.store.Spend;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** What a campaign spent, in words. */
final class SpendText {
  private static final BigDecimal CENT = new BigDecimal("0.01");

  private SpendText() {}

  /** One line. */
  static String of(Spend spend) {
    String cap = spend.cap().map(usd -> " of " + usd(usd)).orElse("");
    String open =
        spend.reserved().signum() == 0 ? "" : ", " + usd(spend.reserved()) + " more reserved";
    String unknown =
        spend.unknown().signum() == 0 ? "" : ", at most " + usd(spend.unknown()) + " unknown";
    return "  spent %s%s USD%s%s; %d calls, %d answers from the cache"
        .formatted(usd(spend.spent()), cap, open, unknown, spend.calls(), spend.hits());
  }

  /** Two digits, four under a cent. */
  private static String usd(BigDecimal amount) {
    boolean small = amount.signum() > 0 && amount.compareTo(CENT) < 0;
    return amount.setScale(small ? 4 : 2, RoundingMode.HALF_UP).toPlainString();
  }
}
