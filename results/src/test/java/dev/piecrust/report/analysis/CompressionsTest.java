package dev.piecrust.report.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompressionsTest {
  private static final Map<Integer, Integer> OCCURRENCES = Map.of(0, 300, 1, 600);

  @Test
  void isReadOnEachPromptAndThenAveraged() {
    // Prompt 0 reaches 2 nats half-way (by factors) from 50 to 200, at 100: 2 times. Prompt 1
    // reaches 1 nat at 200: 4 times. The means of both, 1.5 nats against 3.5, 2 and 0, would give
    // something else.
    Compression found = only(rows().with("fap", 50, 2, 1));
    assertThat(found.times().mean().orElseThrow()).isCloseTo(3, within(1e-12));
    assertThat(found.sign()).isEmpty();
    assertThat(found.prompts()).isEqualTo(2);
    assertThat(found.times().low().orElseThrow()).isCloseTo(2, within(1e-12));
    assertThat(found.times().high().orElseThrow()).isCloseTo(4, within(1e-12));
  }

  @Test
  void isABoundWhereChanceNeedsEverything() {
    // 0.5 nats are reached by neither at 200 occurrences: 300/50 and 600/50 times as many.
    Compression found = only(rows().with("fap", 50, 0.5, 0.5));
    assertThat(found.times().mean()).hasValue(9);
    assertThat(found.everything()).isEqualTo(2);
    assertThat(found.sign()).isEqualTo("≥");
    assertThat(found.kind()).isEqualTo("at-least");
    Compression mixed = only(rows().with("fap", 50, 2, 0.5));
    assertThat(mixed.times().mean().orElseThrow()).isCloseTo((2 + 12) / 2.0, within(1e-12));
    assertThat(mixed.everything()).isEqualTo(1);
    assertThat(mixed.sign()).isEqualTo("≥");
  }

  @Test
  void isABoundWhereChanceDoesBetterAtItsSmallestBudget() {
    Compression found = only(rows().with("fap", 50, 5, 5));
    assertThat(found.times().mean()).hasValue(1);
    assertThat(found.below()).isEqualTo(2);
    assertThat(found.sign()).isEqualTo("≤");
  }

  @Test
  void saysNothingOfPromptsThatAreKeptWhole() {
    Rows rows = rows().with("fap", 300, 0, 0.25);
    List<Compression> found =
        Compressions.of(rows.measures(), List.of("fap", "random"), List.of(300), OCCURRENCES);
    assertThat(found).hasSize(1);
    assertThat(found.get(0).prompts()).isEqualTo(1);
    assertThat(found.get(0).times().mean()).hasValue(2);
  }

  @Test
  void takesTheLargestBudgetForEverythingWhereTheOccurrencesAreNotKnown() {
    Compression found =
        Compressions.of(
                rows().with("fap", 50, 0.5, 0.5).measures(), List.of("fap"), List.of(50), Map.of())
            .get(0);
    assertThat(found.everything()).isEqualTo(2);
    assertThat(found.times().mean()).hasValue(16);
  }

  @Test
  void needsChance() {
    Rows rows = new Rows().with("fap", 50, 1, 1);
    assertThat(Compressions.of(rows.measures(), List.of("fap"), List.of(50), OCCURRENCES))
        .isEmpty();
  }

  private static Rows rows() {
    return new Rows().with("random", 50, 3, 4).with("random", 200, 1, 1).with("random", 800, 0, 0);
  }

  private static Compression only(Rows rows) {
    List<Compression> found =
        Compressions.of(rows.measures(), List.of("fap", "random"), List.of(50), OCCURRENCES);
    assertThat(found).hasSize(1);
    return found.get(0);
  }
}
