package dev.piecrust.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class UnderWayTest {
  @Test
  void givesEachClientSoManyAndForgetsThoseThatHaveNone() {
    UnderWay underWay = new UnderWay(2);
    assertThat(underWay.begin("a")).isTrue();
    assertThat(underWay.begin("a")).isTrue();
    assertThat(underWay.begin("a")).isFalse();
    assertThat(underWay.begin("b")).isTrue();
    underWay.end("a");
    assertThat(underWay.begin("a")).isTrue();
    assertThat(underWay.begin("a")).isFalse();
    underWay.end("a");
    underWay.end("a");
    underWay.end("b");
    assertThat(underWay.clients()).isZero();
  }
}
