package dev.piecrust.report.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.piecrust.feature.CircuitOutcome;
import dev.piecrust.feature.Fidelity;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldOutTableTest {
  private final Measures measures =
      new Rows().with("fap", 50, 9, 0.25, 0.75).with("fap", 100, 9, 0.125, 0.375).measures();

  @Test
  void setsACircuitBesideThePerPromptAnswerOnTheSamePrompts() {
    HeldOut heldOut =
        table(
            circuit(1, "held-out", "fap", "mean-score", 50, 70, 1.0),
            circuit(2, "held-out", "fap", "mean-score", 50, 80, 2.0));
    assertThat(heldOut.prompts()).isEqualTo(2);
    HeldOut.Row row = heldOut.rows().get(0);
    assertThat(row.klLast().mean()).hasValue(1.5);
    assertThat(row.occurrences().mean()).hasValue(75);
    // Prompt 0, on which fap does badly, is not held out.
    assertThat(row.perPrompt().orElseThrow().mean()).hasValue(0.5);
    assertThat(row.klLast().low()).hasValue(1);
    assertThat(row.klLast().high()).hasValue(2);
  }

  @Test
  void leavesOutThePromptsThatCircuitsWereChosenOn() {
    HeldOut heldOut =
        table(
            circuit(0, "training", "fap", "mean-score", 50, 70, 0.0),
            circuit(1, "validation", "fap", "mean-score", 50, 70, 0.0),
            circuit(2, "held-out", "fap", "mean-score", 50, 70, 2.0));
    assertThat(heldOut.prompts()).isEqualTo(1);
    assertThat(heldOut.rows()).hasSize(1);
    assertThat(heldOut.rows().get(0).klLast().mean()).hasValue(2);
  }

  @Test
  void putsTheWayToChooseThatCarriesOverBestFirstAndMarksTheBestOfEachBudget() {
    HeldOut heldOut =
        table(
            circuit(1, "held-out", "circuit-swap", "swap", 50, 70, 0.5),
            circuit(1, "held-out", "fap", "mean-score", 100, 70, 0.25),
            circuit(1, "held-out", "fap", "mean-score", 50, 70, 1.0),
            circuit(1, "held-out", "fap", "kept-count", 50, 70, 2.0));
    assertThat(heldOut.rows())
        .extracting(
            HeldOut.Row::method,
            HeldOut.Row::ranking,
            HeldOut.Row::budget,
            HeldOut.Row::best,
            row -> row.perPrompt().isPresent())
        .containsExactly(
            tuple("circuit-swap", "swap", 50, true, false),
            tuple("fap", "mean-score", 50, false, true),
            tuple("fap", "mean-score", 100, true, true),
            tuple("fap", "kept-count", 50, false, true));
  }

  /** At the budget at which methods are compared in print: past it, all is kept that matters. */
  @Test
  void aBudgetAtWhichNothingIsLostAnyMoreDoesNotDecideTheOrder() {
    HeldOut heldOut =
        table(
            circuit(1, "held-out", "fap", "kept-count", 50, 70, 2.0),
            circuit(1, "held-out", "fap", "kept-count", 100, 70, 0.001),
            circuit(1, "held-out", "fap", "mean-score", 50, 70, 1.0),
            circuit(1, "held-out", "fap", "mean-score", 100, 70, 0.002));
    assertThat(heldOut.rows().get(0).ranking()).isEqualTo("mean-score");
  }

  @Test
  void isEmptyWithoutCircuits() {
    assertThat(table()).isEqualTo(HeldOut.NONE);
  }

  private HeldOut table(CircuitOutcome... outcomes) {
    HeldOutTable table = new HeldOutTable(List.of("fap", "circuit-swap"));
    List.of(outcomes).forEach(table::add);
    return table.build(measures);
  }

  private static CircuitOutcome circuit(
      int prompt, String share, String method, String ranking, int budget, int kept, double kl) {
    Fidelity fidelity = new Fidelity(kl, 0, 0, null, null);
    return new CircuitOutcome("ioi", prompt, share, method, ranking, budget, kept, fidelity);
  }
}
