package dev.piecrust.price;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class BillTest {
  /** USD per million tokens. */
  private static final Price PRICE = price("0.25", "0.025", "2.00", "3.00", "0.5");

  @Test
  void settlesEachKindOfTokenAtItsOwnPrice() {
    // 600 x 0.25 + 400 x 0.025 + 150 x 2 + 50 x 3 = 150 + 10 + 300 + 150 = 610 millionths
    TokenUsage usage = new TokenUsage(1000, 400, 200, 50);
    assertThat(Bill.of(PRICE, usage, false)).isEqualByComparingTo("0.000610");
    assertThat(Bill.of(PRICE, usage, true)).isEqualByComparingTo("0.000305");
  }

  @Test
  void assumesTheDearestTokensWhenItReserves() {
    // 1000 x 0.25 + 2000 x 3 = 6250 millionths
    assertThat(Bill.worstCase(PRICE, 1000, 2000, false)).isEqualByComparingTo("0.006250");
    assertThat(Bill.worstCase(PRICE, 1000, 2000, true)).isEqualByComparingTo("0.003125");
    Price dearCache = price("0.25", "0.5", "2.00", "0", "1");
    assertThat(Bill.worstCase(dearCache, 1000, 2000, true)).isEqualByComparingTo("0.0045");
  }

  @Test
  void roundsUpBeyondTwelveDecimals() {
    Price tiny = price("0.0000001", "0", "0", "0", "1");
    assertThat(Bill.of(tiny, new TokenUsage(1, 0, 0, 0), false))
        .isEqualByComparingTo("0.000000000001");
  }

  @Test
  void costsNothingWhereTokensAreFree() {
    assertThat(Bill.worstCase(Price.free(), 1_000_000, 1_000_000, false)).isZero();
    assertThat(Bill.of(Price.free(), new TokenUsage(9, 0, 9, 0), false)).isZero();
  }

  private static Price price(
      String input, String cached, String output, String reasoning, String batch) {
    return new Price(
        new BigDecimal(input),
        new BigDecimal(cached),
        new BigDecimal(output),
        new BigDecimal(reasoning),
        new BigDecimal(batch));
  }
}
