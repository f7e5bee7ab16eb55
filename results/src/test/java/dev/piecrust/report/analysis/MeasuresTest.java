package dev.piecrust.report.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.feature.Fidelity;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasuresTest {
  @Test
  void letsAPromptsLastResultStandForLargerBudgets() {
    Measures measures =
        new Rows()
            .onPrompt(0, "random", 50, 2)
            .onPrompt(1, "random", 50, 3)
            .onPrompt(4, "random", 50, 5)
            .onPrompt(1, "random", 100, 1)
            .measures();
    assertThat(measures.budgets("random")).containsExactly(50, 100);
    assertThat(measures.values("random", 100)).containsExactly(2, 1, 5);
    assertThat(measures.values("random", 1000, List.of(4, 1))).containsExactly(5, 1);
    assertThat(measures.values("random", 49)).isEmpty();
    assertThat(measures.values("fap", 50, List.of(1))).isEmpty();
  }

  @Test
  void keepsAllMeasuresOfAPromptsLastResult() {
    MethodMeasures random = new MethodMeasures();
    random.add(50, 0, new Fidelity(2, 0.5, 1, 0.25, null));
    random.add(50, 1, new Fidelity(3, 0.75, 0, null, 0.5));
    random.add(100, 1, new Fidelity(1, 0.25, 0, 0.125, 0.5));
    assertThat(random.at(100).prompts()).containsExactly(0, 1);
    assertThat(random.at(100).series())
        .containsExactly(
            new double[] {2, 1},
            new double[] {0.5, 0.25},
            new double[] {1, 0},
            new double[] {0.25, 0.125},
            new double[] {Double.NaN, 0.5});
    assertThat(random.at(50).series().get(3)).containsExactly(0.25, Double.NaN);
  }

  @Test
  void comparesOnThePromptsThatAllMethodsHave() {
    Measures measures =
        new Rows()
            .onPrompt(0, "fap", 50, 2)
            .onPrompt(1, "fap", 50, 3)
            .onPrompt(1, "random", 50, 1)
            .measures();
    assertThat(measures.prompts()).containsExactly(0, 1);
    assertThat(measures.commonPrompts()).containsExactly(1);
    assertThat(new Measures().commonPrompts()).isEmpty();
  }

  @Test
  void takesDifferencesOnThePromptsThatBothHave() {
    Measures ours = new Rows().onPrompt(0, "fap", 50, 2).onPrompt(3, "fap", 50, 7).measures();
    Measures theirs = new Rows().onPrompt(1, "fap", 50, 9).onPrompt(3, "fap", 50, 5).measures();
    assertThat(ours.minus(theirs, "fap", 50)).containsExactly(2);
    assertThat(ours.minus(new Measures(), "fap", 50)).isEmpty();
  }
}
