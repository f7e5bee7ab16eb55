package dev.piecrust.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.report.Latex;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SafeTextTest {
  @Test
  void whatLatexDoesNotKnowStandsAsItsNumber() {
    assertThat(SafeText.latex("α ≥ é_1 – 日\uD83D\uDE00"))
        .isEqualTo("[U+03B1] $\\geq$ é\\_1 -- [U+65E5][U+1F600]");
  }

  @Test
  void signsOfTheProgramsOwnTablesStandAsLatexHasThem() {
    assertThat(SafeText.latex("≥24.2 ≤1.00 ≈5 ±0.1 B−A"))
        .isEqualTo("$\\geq$24.2 $\\leq$1.00 $\\approx$5 $\\pm$0.1 B$-$A");
  }

  @Test
  void everyCharacterOfTheFirstPlaneCompiles(@TempDir Path folder)
      throws IOException, InterruptedException {
    Latex.require(folder);
    StringBuilder body = new StringBuilder();
    for (int from = 0; from < Character.MIN_SURROGATE; from += 64) {
      StringBuilder some = new StringBuilder();
      for (int c = from; c < from + 64; c++) {
        some.appendCodePoint(c);
      }
      body.append(SafeText.latex(some.toString())).append("\n\n");
    }
    Latex.compile(folder, "", body.toString());
  }
}
