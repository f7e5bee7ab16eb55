package dev.piecrust.fade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.campaign.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RankingTest {
  private static final double LAST_BITS = 1e-12;

  static Stream<JsonNode> scikitLearn() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(RankingTest.class.getResourceAsStream("ranking.jsonl")),
                StandardCharsets.UTF_8))) {
      List<String> all = lines.lines().toList();
      return all.stream().map(line -> Json.read(line, JsonNode.class, "a fixture"));
    }
  }

  @ParameterizedTest
  @MethodSource("scikitLearn")
  void givesTheNumbersOfScikitLearn(JsonNode fixture) {
    Ranking ranking = new Ranking();
    for (int i = 0; i < fixture.get("scores").size(); i++) {
      boolean positive = fixture.get("labels").get(i).asInt() == 1;
      ranking.add(fixture.get("scores").get(i).asDouble(), positive);
    }
    assertSame(ranking.auroc(), fixture.get("auroc"));
    assertSame(ranking.averagePrecision(), fixture.get("average_precision"));
  }

  private static void assertSame(OptionalDouble is, JsonNode expected) {
    assertThat(is.isEmpty()).isEqualTo(expected.isNull());
    if (is.isPresent()) {
      assertThat(is.getAsDouble()).isCloseTo(expected.asDouble(), within(LAST_BITS));
    }
  }

  @Test
  void countsATieAsHalfAWin() {
    // Positives 3, 1; negatives 1, 0. Pairs: 3>1, 3>0, 1=1, 1>0: (1 + 1 + ½ + 1) / 4.
    Ranking ranking = new Ranking().add(3, true).add(1, true).add(1, false).add(0, false);
    assertThat(ranking.auroc()).hasValue(3.5 / 4);
    // At 3: recall ½, precision 1. At 1: recall 1, precision ⅔. ½·1 + ½·⅔.
    assertThat(ranking.averagePrecision().orElseThrow()).isCloseTo(5.0 / 6, within(LAST_BITS));
  }

  @Test
  void countsAMultiplicityLikeSoManySamples() {
    Ranking many = new Ranking().add(2, true).add(0, true).add(1, false).add(0, false, 19_999);
    // 2 beats all 20,000; 0 ties with 19,999 and loses to one.
    assertThat(many.auroc().orElseThrow())
        .isCloseTo((20_000 + 19_999 / 2.0) / 40_000, within(LAST_BITS));
  }

  @Test
  void tiesWhatRoundingMayHaveSetApart() {
    // As f32 and TF32 give the same activations; as exact numbers the positives would win or lose.
    Ranking apart = new Ranking().add(2.000_01, true).add(2, false).add(-1, true).add(-1e-9, false);
    assertThat(apart.auroc()).hasValue((0.5 + 1 + 0 + 0) / 4);
    assertThat(apart.negated().auroc()).hasValue(1 - 1.5 / 4);
    assertThat(new Ranking().add(2.000_03, true).add(2, false).auroc()).hasValue(1);
    assertThat(new Ranking().add(1e-9, true).add(0, false).auroc()).hasValue(1);
  }

  @Test
  void hasNoNumberForOneClass() {
    assertThat(new Ranking().add(1, true).auroc()).isEmpty();
    assertThat(new Ranking().add(1, false).averagePrecision()).isEmpty();
  }
}
