package dev.piecrust.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class OneCycleTest {
  private final OneCycle rate = new OneCycle(0.5, 100, 0.2);

  @Test
  void startsLowPeaksAfterTheWarmUpAndEndsNearNothing() {
    assertThat(rate.at(0)).isCloseTo(0.02, within(1e-12));
    assertThat(rate.at(10)).isCloseTo(0.26, within(1e-12));
    assertThat(rate.at(20)).isCloseTo(0.5, within(1e-12));
    assertThat(rate.at(60)).isCloseTo(0.25, within(1e-5));
    assertThat(rate.at(100)).isCloseTo(0.02e-4, within(1e-12));
  }
}
