package dev.piecrust.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TypedTest {
  @Test
  void tellsNumbersListsAndTextsApart() {
    assertThat(Typed.of(" 50 ")).isEqualTo(50L);
    assertThat(Typed.of("0.25")).isEqualTo(new BigDecimal("0.25"));
    assertThat(Typed.of("50, 100 200")).isEqualTo(List.of(50L, 100L, 200L));
    assertThat(Typed.of("50, nonsense")).isEqualTo("50, nonsense");
    assertThat(Typed.of(List.of("fap", "random"))).isEqualTo(List.of("fap", "random"));
  }
}
