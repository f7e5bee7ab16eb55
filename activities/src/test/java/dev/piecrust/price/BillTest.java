package dev.piecrust.price;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BillTest {
  /** USD per million tokens. */
  private static final Price PRICE = price("0.25", "0.025", "2.00", "3.00", "0.5");

  @Test
  void settlesEachKindOfTokenAtItsOwnPrice() {
    // 600 x 0.25 + 400 x 0.025 + 150 x 2 + 50 x 3 = 150 + 10 + 300 + 150 = 610 millionths
    TokenUsage usage = new TokenUsage(1000, 400, 200, 50);
    assertThat(Bill.of(PRICE, usage, ServiceTier.REALTIME)).isEqualByComparingTo("0.000610");
    assertThat(Bill.of(PRICE, usage, ServiceTier.BATCH)).isEqualByComparingTo("0.000305");
  }

  @Test
  void assumesTheDearestTokensWhenItReserves() {
    // 1000 x 0.25 + 2000 x 3 = 6250 millionths
    assertThat(Bill.worstCase(PRICE, 1000, 2000, ServiceTier.REALTIME))
        .isEqualByComparingTo("0.006250");
    assertThat(Bill.worstCase(PRICE, 1000, 2000, ServiceTier.BATCH))
        .isEqualByComparingTo("0.003125");
    Price dearCache = price("0.25", "0.5", "2.00", "0", "1");
    assertThat(Bill.worstCase(dearCache, 1000, 2000, ServiceTier.BATCH))
        .isEqualByComparingTo("0.0045");
  }

  /** 2,000 prompt tokens, 1,500 of which were written to the cache, and 100 of output. */
  @Test
  void countsWhatIsWrittenToTheCacheAtItsOwnPrice() {
    Price terra =
        PriceTable.shipped()
            .find("openai", "gpt-6.1-terra", Optional.empty())
            .orElseThrow()
            .price();
    // 500 x 1 + 1500 x 1.25 + 100 x 5 = 2,875 millionths of a USD
    TokenUsage usage = new TokenUsage(2000, 0, 1500, 100, 0);
    assertThat(Bill.of(terra, usage, ServiceTier.REALTIME)).isEqualByComparingTo("0.002875");
    // 2000 x 1.25 + 100 x 5
    assertThat(Bill.worstCase(terra, 2000, 100, ServiceTier.REALTIME))
        .isEqualByComparingTo("0.003000");
  }

  @Test
  void costsWhatTheTierCosts() {
    TokenUsage usage = new TokenUsage(1000, 0, 0, 0);
    Price price = tiers("0.4", "1.8");
    assertThat(Bill.of(price, usage, ServiceTier.REALTIME)).isEqualByComparingTo("0.001");
    assertThat(Bill.of(price, usage, ServiceTier.BATCH)).isEqualByComparingTo("0.0005");
    assertThat(Bill.of(price, usage, ServiceTier.FLEX)).isEqualByComparingTo("0.0004");
    assertThat(Bill.of(price, usage, ServiceTier.PRIORITY)).isEqualByComparingTo("0.0018");
    assertThat(Bill.worstCase(price, 1000, 0, ServiceTier.PRIORITY)).isEqualByComparingTo("0.0018");
  }

  @Test
  void chargesEveryTokenOfALongPromptAtItsPrices() {
    Price haiku =
        PriceTable.shipped()
            .find("anthropic", "claude-haiku-5-5", Optional.empty())
            .orElseThrow()
            .price();
    TokenUsage atMost = new TokenUsage(100_000, 0, 0, 10, 0);
    assertThat(Bill.of(haiku, atMost, ServiceTier.REALTIME)).isEqualByComparingTo("0.010005");
    // 60,000 x 0.5 + 40,001 x 0.05 + 10 x 2.5
    TokenUsage beyond = new TokenUsage(100_001, 40_001, 0, 10, 0);
    assertThat(Bill.of(haiku, beyond, ServiceTier.REALTIME)).isEqualByComparingTo("0.03202505");
    assertThat(Bill.worstCase(haiku, 100_000, 10, ServiceTier.REALTIME))
        .isEqualByComparingTo("0.012505"); // x 0.125 for a write
    assertThat(Bill.worstCase(haiku, 100_001, 10, ServiceTier.REALTIME))
        .isEqualByComparingTo("0.062525625");
  }

  @Test
  void roundsUpBeyondTwelveDecimals() {
    Price tiny = price("0.0000001", "0", "0", "0", "1");
    assertThat(Bill.of(tiny, new TokenUsage(1, 0, 0, 0), ServiceTier.REALTIME))
        .isEqualByComparingTo("0.000000000001");
  }

  @Test
  void costsNothingWhereTokensAreFree() {
    assertThat(Bill.worstCase(Price.free(), 1_000_000, 1_000_000, ServiceTier.REALTIME)).isZero();
    assertThat(Bill.of(Price.free(), new TokenUsage(9, 0, 9, 0), ServiceTier.REALTIME)).isZero();
  }

  private static Price tiers(String flex, String priority) {
    Price one = price("1", "1", "1", "1", "0.5");
    return new Price(
        one.input(),
        one.cachedInput(),
        one.output(),
        one.reasoning(),
        one.batchShare(),
        one.cacheWrite(),
        new BigDecimal(flex),
        new BigDecimal(priority),
        Optional.empty());
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
