package dev.piecrust.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AlignedTextTest {
  @Test
  void setsPointsBelowOneAnother() {
    assertThat(
            AlignedText.of(
                List.of(
                    List.of("method", "K=50", "kept"),
                    List.of("fap", "0.316 ±0.142", "24.5"),
                    List.of("fap-swap", "2e-05* ±4e-06", "106"),
                    List.of("random", "17.42", "–"))))
        .containsExactly(
            "method              K=50   kept",
            "fap        0.316  ±0.142   24.5",
            "fap-swap   2e-05* ±4e-06  106",
            "random    17.42               –");
  }

  @Test
  void leavesWordsAsTheyAre() {
    assertThat(
            AlignedText.of(
                List.of(
                    List.of("FADE", "without a score"),
                    List.of("clarity", "1 one class, 12 unparsed"),
                    List.of("purity", "0"))))
        .containsExactly(
            "FADE              without a score",
            "clarity  1 one class, 12 unparsed",
            "purity                          0");
  }
}
