package dev.piecrust.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UsdTest {
  @ParameterizedTest
  @CsvSource({"5,5", "5.00,5.00", ".5,0.5", "7.,7", "' 20 ',20", "1000000000,1000000000"})
  void readsAmountsAsPeopleWriteThem(String text, BigDecimal amount) {
    assertThat(Usd.parse(text)).isEqualTo(amount);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-1", "+1", "1e2", "5,00", "$5", "1000000001", "0.1234567890123", "5\n"})
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> Usd.parse(text))
        .hasMessageContaining("expected an amount in USD from 0 to 1000000000, such as 5.00");
  }
}
