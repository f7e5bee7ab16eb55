package dev.piecrust.report.text;

import dev.piecrust.store.ledger.Spend;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** What was spent on language models, in one sentence. */
public final class SpendText {
  private static final int DECIMALS = 4;

  private SpendText() {}

  /** The sentence; what nobody knows is called unknown. */
  public static String of(Spend spend) {
    return "LLM: " + facts(spend) + ".";
  }

  /** What it says, without a beginning and an end. */
  static String facts(Spend spend) {
    List<String> parts = new ArrayList<>();
    parts.add(
        spend
            .cap()
            .map(cap -> "%s of at most %s USD spent".formatted(usd(spend.spent()), usd(cap)))
            .orElseGet(() -> usd(spend.spent()) + " USD spent"));
    if (spend.reserved().signum() > 0) {
      parts.add(usd(spend.reserved()) + " reserved for calls under way");
    }
    if (spend.unknown().signum() > 0) {
      parts.add("at most %s more where the usage is not known".formatted(usd(spend.unknown())));
    }
    parts.add("%d calls".formatted(spend.calls()));
    parts.add("%d answers from the cache".formatted(spend.hits()));
    if (spend.unpriced() > 0) {
      parts.add("the price of %d calls is not known".formatted(spend.unpriced()));
    }
    if (spend.lost() > 0) {
      parts.add("%d calls were lost and may have been charged".formatted(spend.lost()));
    }
    return String.join(", ", parts);
  }

  /** An amount without trailing zeros, of two decimals or more. */
  static String usd(BigDecimal amount) {
    BigDecimal rounded = amount.setScale(DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros();
    return rounded.scale() < 2 ? rounded.setScale(2).toPlainString() : rounded.toPlainString();
  }
}
