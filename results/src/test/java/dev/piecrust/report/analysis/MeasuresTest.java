package dev.piecrust.report.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.feature.Fidelity;
import dev.piecrust.store.result.ResultRow;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasuresTest {
  @Test
  void letsAPromptsLastResultStandForLargerBudgets() {
    Measures measures =
        new Measures(
            List.of(row(0, "random", 50, 2), row(1, "random", 50, 3), row(1, "random", 100, 1)));
    assertThat(measures.budgets("random")).containsExactly(50, 100);
    assertThat(measures.at("random", 100, List.of(0, 1)))
        .extracting(Fidelity::klLast)
        .containsExactly(2.0, 1.0);
    assertThat(measures.at("random", 49, 0)).isEmpty();
  }

  @Test
  void comparesOnThePromptsThatAllMethodsHave() {
    Measures measures =
        new Measures(List.of(row(0, "fap", 50, 2), row(1, "fap", 50, 3), row(1, "random", 50, 1)));
    assertThat(measures.prompts()).containsExactly(0, 1);
    assertThat(measures.commonPrompts()).containsExactly(1);
    assertThat(new Measures(List.of()).commonPrompts()).isEmpty();
  }

  private static ResultRow row(int prompt, String method, int budget, double klLast) {
    return new ResultRow("ioi", prompt, method, budget, new Fidelity(klLast, 0, 0, null, null));
  }
}
