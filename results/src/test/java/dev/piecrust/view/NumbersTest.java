package dev.piecrust.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

final class NumbersTest {
  @Test
  void writesMoneyWithTwoDigitsAndFourUnderACent() {
    assertThat(Numbers.usd(new BigDecimal("1.834"))).isEqualTo("$1.83");
    assertThat(Numbers.usd(new BigDecimal("0.00421"))).isEqualTo("$0.0042");
    assertThat(Numbers.usd(BigDecimal.ZERO)).isEqualTo("$0.00");
    assertThat(Numbers.usd(new BigDecimal("12345.6"))).isEqualTo("$12,345.60");
    assertThat(Numbers.usd(new BigDecimal("-2"))).isEqualTo("-$2.00");
  }

  @Test
  void writesThreeDigits() {
    assertThat(Numbers.figure(0.0161)).isEqualTo("0.016");
    assertThat(Numbers.figure(3.14159)).isEqualTo("3.14");
    assertThat(Numbers.figure(1225.4)).isEqualTo("1,225");
    assertThat(Numbers.figure(2e-5)).isEqualTo("2e-05");
    assertThat(Numbers.figure(Double.NaN)).isEqualTo("–");
  }

  @Test
  void writesTimesAndSizesAsPeopleSayThem() {
    assertThat(Numbers.span(85)).isEqualTo("85 s");
    assertThat(Numbers.span(6000)).isEqualTo("1 h 40 min");
    assertThat(Numbers.span(180_000)).isEqualTo("2 d 2 h");
    assertThat(Numbers.bytes(1536)).isEqualTo("1.5 KiB");
    assertThat(Numbers.percent(0.384)).isEqualTo("38 %");
  }
}
