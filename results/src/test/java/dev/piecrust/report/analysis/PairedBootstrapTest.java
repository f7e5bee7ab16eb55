package dev.piecrust.report.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PairedBootstrapTest {
  @Test
  void seesAllMeansOfTwoDifferences() {
    // Differences −1 and 3. Resampled means: −1 (¼), 1 (½), 3 (¼). No more than ¼ is 0 or below.
    Comparison c = compare(new Rows().with("a", 50, 1, 5).with("b", 50, 2, 2));
    assertThat(c.difference()).isEqualTo(1);
    assertThat(c.low()).isEqualTo(-1);
    assertThat(c.high()).isEqualTo(3);
    assertThat(c.share()).isCloseTo(0.5, within(0.03));
    assertThat(c.prompts()).isEqualTo(2);
  }

  @Test
  void countsTheRarerSideTwice() {
    // Differences −1, 2, 2: of 27 equally likely resamples one sums to −3 (three times −1) and six
    // to 0 (twice −1, in three orders, with either 2): 7 are 0 or below.
    Comparison c = compare(new Rows().with("a", 50, 0, 4, 4).with("b", 50, 1, 2, 2));
    assertThat(c.share()).isCloseTo(14.0 / 27, within(0.03));
  }

  @Test
  void cannotTellTheSameFromTheSame() {
    Comparison c = compare(new Rows().with("a", 50, 1, 2, 3).with("b", 50, 1, 2, 3));
    assertThat(c.low()).isZero();
    assertThat(c.high()).isZero();
    assertThat(c.share()).isEqualTo(1);
  }

  @Test
  void claimsNoLessThanOneResampleCanTell() {
    Comparison c = compare(new Rows().with("a", 50, 1, 2, 3).with("b", 50, 2, 3, 4));
    assertThat(c.low()).isCloseTo(-1, within(1e-12));
    assertThat(c.share()).isEqualTo(2.0 / Resampling.RESAMPLES);
  }

  @Test
  void turnsAround() {
    assertThat(new Comparison("a", "b", 50, 3, -1, -4, 2, 0.25).reversed())
        .isEqualTo(new Comparison("b", "a", 50, 3, 1, -2, 4, 0.25));
  }

  @Test
  void comparesEachPairOnceAndNothingOnOnePrompt() {
    Rows three = new Rows().with("a", 50, 1, 2).with("b", 50, 3, 4).with("c", 50, 5, 6);
    assertThat(PairedBootstrap.of(curves(three.measures()), List.of(50)))
        .extracting(c -> c.method() + c.other())
        .containsExactly("ab", "ac", "bc");
    Rows one = new Rows().with("a", 50, 1).with("b", 50, 2);
    assertThat(PairedBootstrap.of(curves(one.measures()), List.of(50))).isEmpty();
  }

  @Test
  void agreesWithScipy() {
    BootstrapFixture fixture = BootstrapFixture.read();
    List<Comparison> comparisons =
        PairedBootstrap.of(curves(fixture.measures()), fixture.budgets());
    assertThat(comparisons).hasSize(4);
    for (int b = 0; b < comparisons.size(); b++) {
      Comparison c = comparisons.get(b);
      JsonNode expected = fixture.comparison(b);
      double error = expected.get("standard_error").asDouble();
      assertThat(c.budget()).isEqualTo(expected.get("k").asInt());
      assertThat(c.difference()).isCloseTo(expected.get("difference").asDouble(), within(1e-12));
      // A 2.5 % quantile of 10,000 draws is known to 0.027 standard errors; four times that.
      assertThat(c.low()).isCloseTo(expected.get("low").asDouble(), within(0.11 * error));
      assertThat(c.high()).isCloseTo(expected.get("high").asDouble(), within(0.11 * error));
      assertThat(c.share()).isCloseTo(expected.get("share").asDouble(), within(0.04));
    }
  }

  @Test
  void givesTheSameEachTime() {
    BootstrapFixture fixture = BootstrapFixture.read();
    assertThat(PairedBootstrap.of(curves(fixture.measures()), fixture.budgets()))
        .isEqualTo(PairedBootstrap.of(curves(fixture.measures()), fixture.budgets()));
  }

  private static Comparison compare(Rows rows) {
    return PairedBootstrap.of(curves(rows.measures()), List.of(50)).get(0);
  }

  private static Curves curves(Measures measures) {
    return Curves.of(
        measures, List.of("a", "b", "c", "ours", "other"), Map.of(), Resampling.standard());
  }
}
