package dev.piecrust.report.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.report.analysis.BudgetEstimate.Above;
import dev.piecrust.report.analysis.BudgetEstimate.At;
import dev.piecrust.report.analysis.BudgetEstimate.Below;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EffectiveBudgetsTest {
  private static final double[] KEPT = {50, 100, 400};
  private static final double[] KL = {3, 2, 1};

  @Test
  void readsBetweenTwoPointsByTheLogarithmOfTheBudget() {
    // Half way from 100 to 400 by factors is 200; half way from 50 to 100 is 50·√2.
    assertThat(read(1.5)).isCloseTo(200, within(1e-9));
    assertThat(read(2.5)).isCloseTo(50 * Math.sqrt(2), within(1e-9));
    assertThat(read(2)).isCloseTo(100, within(1e-9));
    assertThat(read(3)).isEqualTo(50);
    assertThat(read(1)).isCloseTo(400, within(1e-9));
  }

  @Test
  void inventsNoNumberPastTheEndsOfTheCurve() {
    assertThat(EffectiveBudgets.estimate(read(3.5), KEPT)).isEqualTo(new Below(50));
    assertThat(EffectiveBudgets.estimate(read(0.5), KEPT)).isEqualTo(new Above(400));
    assertThat(EffectiveBudgets.estimate(read(3), KEPT)).isEqualTo(new At(50));
  }

  @Test
  void takesTheFirstBudgetThatIsEnoughWhereACurveRisesAgain() {
    double[] bumpy = {3, 1, 2};
    // From 3 at 50 to 1 at 100: 1.5 is three quarters of the way.
    assertThat(EffectiveBudgets.read(KEPT, bumpy, 1.5))
        .isCloseTo(50 * Math.pow(2, 0.75), within(1e-9));
  }

  @Test
  void comparesEveryMethodWithEveryOther() {
    // fap at 50 does what random does at 100·2^½ of its way from 100 (2) to 200 (1).
    Rows rows =
        new Rows()
            .with("fap", 50, 1.5, 1.5)
            .with("fap", 100, 0.5, 0.5)
            .with("random", 50, 4, 4)
            .with("random", 100, 2, 2)
            .with("random", 200, 1, 1)
            .with("random", 400, 0, 0);
    List<EffectiveBudget> all =
        EffectiveBudgets.of(curves(rows.measures(), Map.of()), List.of(50, 100));
    assertThat(all).hasSize(4);
    EffectiveBudget needed = all.get(0);
    assertThat(needed.method()).isEqualTo("fap");
    assertThat(needed.other()).isEqualTo("random");
    assertThat(needed.at().budget()).isCloseTo(100 * Math.sqrt(2), within(1e-9));
    // Every resample of equal prompts is the same, so the interval has no width.
    assertThat(needed.low()).contains(needed.at());
    assertThat(needed.high()).contains(needed.at());
    assertThat(all.get(2).method()).isEqualTo("random");
    assertThat(all.get(2).at()).isEqualTo(new Below(50));
  }

  @Test
  void endsWhereEveryPromptKeepsAllItHas() {
    // At 250 one prompt keeps all of its 200 occurrences, 225 in the mean; at 400 both do.
    Rows rows =
        new Rows()
            .with("fap", 100, 1, 1)
            .with("random", 100, 2, 2)
            .with("random", 250, 0, 2)
            .with("random", 400, 0, 0);
    List<EffectiveBudget> all =
        EffectiveBudgets.of(curves(rows.measures(), Map.of(0, 200, 1, 300)), List.of(100));
    assertThat(all.get(0).at().budget()).isCloseTo(225, within(1e-9));
    Rows lower =
        new Rows().with("fap", 100, 0, 0).with("random", 100, 2, 2).with("random", 400, 0, 0);
    assertThat(
            EffectiveBudgets.of(curves(lower.measures(), Map.of(0, 200, 1, 300)), List.of(100))
                .get(0)
                .at())
        .isEqualTo(new Above(100));
  }

  @Test
  void agreesWithNumpy() {
    BootstrapFixture fixture = BootstrapFixture.read();
    JsonNode expected = fixture.effective();
    EffectiveBudget found =
        EffectiveBudgets.of(curves(fixture.measures(), Map.of()), List.of(100)).get(0);
    // A 2.5 % quantile of 2,000 draws is known to 0.06 deviations; four times that.
    double sd = expected.get("sd").asDouble();
    assertThat(found.method()).isEqualTo("ours");
    assertThat(found.at().budget()).isCloseTo(expected.get("at").asDouble(), within(1e-9));
    assertThat(found.low().orElseThrow().budget())
        .isCloseTo(expected.get("low").asDouble(), within(0.24 * sd));
    assertThat(found.high().orElseThrow().budget())
        .isCloseTo(expected.get("high").asDouble(), within(0.24 * sd));
  }

  @Test
  void claimsNoIntervalOnOnePrompt() {
    Rows rows = new Rows().with("fap", 50, 1).with("random", 50, 1);
    EffectiveBudget found =
        EffectiveBudgets.of(curves(rows.measures(), Map.of()), List.of(50)).get(0);
    assertThat(found.at()).isEqualTo(new At(50));
    assertThat(found.low()).isEmpty();
  }

  @Test
  void survivesItsWayThroughJson() throws IOException {
    for (BudgetEstimate estimate : List.of(new At(74.5), new Below(50), new Above(800))) {
      assertThat(Json.mapper().readValue(Json.write(estimate), BudgetEstimate.class))
          .isEqualTo(estimate);
    }
  }

  private static double read(double wanted) {
    return EffectiveBudgets.read(KEPT, KL, wanted);
  }

  private static Curves curves(Measures measures, Map<Integer, Integer> occurrences) {
    return Curves.of(
        measures, List.of("fap", "random", "ours", "other"), occurrences, Resampling.standard());
  }
}
