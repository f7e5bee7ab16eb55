package dev.piecrust.text;

import java.math.BigDecimal;

/** Shares of all, counted by their order of magnitude. */
public final class Decades {
  private static final BigDecimal ALL = BigDecimal.valueOf(100); // in percent

  private Decades() {}

  /**
   * What an entry of such counts stands for: {@code never}, then {@code up to 0.01 %} and so on to
   * {@code up to 100 %}.
   *
   * @param entry 0 counts what never is
   * @param entries in all
   */
  public static String label(int entry, int entries) {
    BigDecimal most = ALL.scaleByPowerOfTen(entry - entries + 1).stripTrailingZeros();
    return entry == 0 ? "never" : "up to %s %%".formatted(most.toPlainString());
  }
}
