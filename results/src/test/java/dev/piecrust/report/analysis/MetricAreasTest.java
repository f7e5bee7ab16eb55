package dev.piecrust.report.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.feature.CircuitOutcome;
import dev.piecrust.feature.Fidelity;
import dev.piecrust.feature.MetricCurve;
import dev.piecrust.feature.MetricCurves;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class MetricAreasTest {
  private static final double[] SHARES = {0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1};
  private static final double LAST_BITS = 1e-12;

  @Test
  void ofAPerfectCircuitIsTheLengthOfTheAxis() {
    MetricArea area = area(f -> 1, f -> 1).get(0);
    assertThat(area.cpr().mean().orElseThrow()).isCloseTo(0.999, within(LAST_BITS));
    assertThat(area.cmd().mean().orElseThrow()).isCloseTo(0, within(LAST_BITS));
    assertThat(area.cpr().low().orElseThrow()).isCloseTo(0.999, within(LAST_BITS));
  }

  @Test
  void ofWhatGrowsWithTheShareIsHalfOfIt() {
    MetricArea area = area(k -> k, k -> k).get(0);
    // (1² − 0.001²)/2, and the trapezoids of a line are exact.
    assertThat(area.cpr().mean().orElseThrow()).isCloseTo(0.499_999_5, within(LAST_BITS));
    assertThat(area.cmd().mean().orElseThrow()).isCloseTo(0.999 - 0.499_999_5, within(LAST_BITS));
  }

  @Test
  void countsWhatOvershootsTwice() {
    // f = 1 + (1 − k): what is above 1 adds to the ratio and to the distance.
    MetricArea area = area(k -> 2 - k, k -> 2 - k).get(0);
    assertThat(area.cpr().mean().orElseThrow()).isCloseTo(1.498_000_5, within(LAST_BITS));
    assertThat(area.cmd().mean().orElseThrow()).isCloseTo(0.499_000_5, within(LAST_BITS));
  }

  @Test
  void isThatOfTheRatioOfMeansNotTheMeanOfRatios() {
    // Clean 10 and 2, empty 0: at every share below 1 the first keeps 10, the second nothing.
    MetricArea area =
        MetricAreas.of("fap", "mean-score", List.of(curves(10, k -> 10), curves(2, k -> 0))).get(0);
    assertThat(area.curve().get(0).faithfulness().mean().orElseThrow())
        .isCloseTo(10.0 / 12, within(LAST_BITS));
    assertThat(area.curve().get(9).faithfulness().mean()).hasValue(1);
  }

  @Test
  void isWhatMibMakesOfTheSameNumbers() throws IOException {
    JsonNode json;
    try (InputStream in =
        Objects.requireNonNull(MetricAreasTest.class.getResourceAsStream("areas.json"))) {
      json = Json.mapper().readTree(in);
    }
    JsonNode kept = json.at("/cases/kept");
    JsonNode patched = json.at("/cases/patched");
    List<MetricCurves> curves = new ArrayList<>();
    for (int p = 0; p < kept.get("clean").size(); p++) {
      List<MetricCurve.Point> points = new ArrayList<>();
      for (int s = 0; s + 1 < SHARES.length; s++) {
        points.add(
            new MetricCurve.Point(
                json.get("shares").get(s).asDouble(),
                s,
                kept.get("kept").get(p).get(s).asDouble(),
                patched.get("kept").get(p).get(s).asDouble()));
      }
      MetricCurve curve =
          new MetricCurve(
              kept.get("clean").get(p).asDouble(),
              kept.get("empty").get(p).asDouble(),
              patched.get("empty").get(p).asDouble(),
              points);
      curves.add(new MetricCurves(curve, curve));
    }
    List<MetricArea> areas = MetricAreas.of("fap", "mean-score", curves);
    assertThat(areas)
        .extracting(MetricArea::errors)
        .containsExactly("kept", "patched", "kept", "patched");
    assertThat(areas)
        .extracting(MetricArea::sample)
        .containsExactly("held-out", "held-out", "in-sample", "in-sample");
    assertSame(areas.get(0), kept);
    assertSame(areas.get(1), patched);
  }

  private static void assertSame(MetricArea area, JsonNode expected) {
    assertThat(area.cpr().mean().orElseThrow())
        .isCloseTo(expected.get("cpr").asDouble(), within(LAST_BITS));
    assertThat(area.cmd().mean().orElseThrow())
        .isCloseTo(expected.get("cmd").asDouble(), within(LAST_BITS));
    for (int s = 0; s < SHARES.length; s++) {
      assertThat(area.curve().get(s).faithfulness().mean().orElseThrow())
          .isCloseTo(expected.get("faithfulness").get(s).asDouble(), within(LAST_BITS));
    }
    assertThat(area.cpr().low().orElseThrow()).isLessThan(area.cpr().mean().orElseThrow());
    assertThat(area.cpr().high().orElseThrow()).isGreaterThan(area.cpr().mean().orElseThrow());
  }

  @Test
  void areThoseOfTheHeldOutPromptsAlone() {
    HeldOutTable table = new HeldOutTable(List.of("fap"));
    table.add(outcome(0, "held-out", Optional.of(curves(1, k -> k))));
    table.add(outcome(1, "training", Optional.of(curves(1, k -> 0))));
    table.add(outcome(2, "held-out", Optional.empty()));
    List<MetricArea> areas = table.build(new Measures()).areas();
    assertThat(areas).hasSize(2); // without runs in which errors are removed
    assertThat(areas.get(0).cpr().n()).isEqualTo(1);
    assertThat(areas.get(0).cpr().low()).isEmpty();
    assertThat(areas.get(0).ranking()).isEqualTo("mean-score");
    assertThat(areas.get(1).ranking()).isEqualTo("per-prompt");
    assertThat(areas.get(0).cpr().mean().orElseThrow()).isCloseTo(0.499_999_5, within(LAST_BITS));
  }

  private static CircuitOutcome outcome(int prompt, String share, Optional<MetricCurves> curves) {
    return new CircuitOutcome(
        "ioi",
        prompt,
        share,
        "fap",
        "mean-score",
        50,
        60,
        new Fidelity(1, 1, 0, null, null),
        curves);
  }

  private static List<MetricArea> area(DoubleUnaryOperator first, DoubleUnaryOperator second) {
    return MetricAreas.of("fap", "mean-score", List.of(curves(1, first), curves(1, second)));
  }

  /** A prompt whose metric is 0 with nothing kept. */
  private static MetricCurves curves(double clean, DoubleUnaryOperator metric) {
    List<MetricCurve.Point> points =
        Arrays.stream(SHARES)
            .limit(SHARES.length - 1)
            .mapToObj(k -> new MetricCurve.Point(k, 1, metric.applyAsDouble(k), null))
            .toList();
    MetricCurve curve = new MetricCurve(clean, 0, null, points);
    return new MetricCurves(curve, curve);
  }
}
