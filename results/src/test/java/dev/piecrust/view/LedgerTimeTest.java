package dev.piecrust.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LedgerTimeTest {
  @Test
  void addsUpWhatWasSpentUntilTheEndOfEachSpan() {
    LedgerTime time =
        LedgerTime.of(
            5,
            List.of(
                new LedgerTime.Span(12, new BigDecimal("0.25"), 3),
                new LedgerTime.Span(14, new BigDecimal("0.50"), 1)));
    assertThat(time.spent()).isEqualByComparingTo("0.75");
    assertThat(time.points())
        .containsExactly(
            new LedgerTime.Moment(Instant.EPOCH.plusSeconds(65 * 60), new BigDecimal("0.25"), 3),
            new LedgerTime.Moment(Instant.EPOCH.plusSeconds(75 * 60), new BigDecimal("0.75"), 1));
    assertThat(LedgerTime.of(1, List.of()).spent()).isZero();
  }
}
