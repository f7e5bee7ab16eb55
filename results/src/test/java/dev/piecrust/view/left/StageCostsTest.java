package dev.piecrust.view.left;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class StageCostsTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void theTimeBetweenTwoEndsBelongsToTheSecond() {
    StageCosts costs =
        StageCosts.of(
            NOON,
            List.of(
                end("score ioi", 10, 100), // the model is loaded in it
                end("fidelity ioi", 10, 130),
                end("score own", 10, 140),
                end("fidelity own", 5, 160)));
    assertThat(costs.perThing()).isEqualTo(Map.of("score", 1.0, "fidelity", 50.0 / 15));
  }

  @Test
  void aPauseIsNobodysTime() {
    StageCosts costs =
        StageCosts.of(
            NOON,
            List.of(
                end("score ioi", 10, 5),
                end("score ioi", 10, 15),
                end("score ioi", 10, 25),
                end("score ioi", 10, 5000),
                end("score ioi", 10, 5010)));
    assertThat(costs.perThing()).isEqualTo(Map.of("score", 1.0));
  }

  @Test
  void whatIsWrittenRatedAndSteeredIsEvaluatedAndEvidenceIsTakenAsOne() {
    StageCosts costs =
        StageCosts.of(
            NOON,
            List.of(
                end("evidence", 1, 8),
                end("evidence", 1, 8),
                end("transcript-explain", 1, 10),
                end("explain", 1, 10),
                end("write", 1, 11),
                end("rate", 1, 12),
                end("evaluate", 1, 14)));
    assertThat(costs.perThing())
        .isEqualTo(Map.of("evidence", 4.0, "explain", 2.0, "evaluate", 4.0));
  }

  @Test
  void whatIsNotKnownYetIsTakenFromOthersAtTheOwnPace() {
    StageCosts own = new StageCosts(Map.of("score", 4.0));
    StageCosts other = new StageCosts(Map.of("score", 2.0, "held-out", 3.0, "explain", 7.0));
    assertThat(own.or(other, false).perThing())
        .isEqualTo(Map.of("score", 4.0, "held-out", 6.0, "explain", 7.0));
    assertThat(own.or(other, true).of("explain")).contains(14.0);
    StageCosts guess = new StageCosts(Map.of("score", 4.0, "explain", 1.0), Set.of("explain"));
    assertThat(guess.or(other, false).of("explain")).contains(7.0);
    assertThat(guess.or(new StageCosts(Map.of()), false).of("explain")).contains(1.0);
    assertThat(new StageCosts(Map.of("score", 1.0, "explain", 9.0)).orMore(other).perThing())
        .as("what was found done took no time")
        .isEqualTo(Map.of("score", 2.0, "held-out", 3.0, "explain", 9.0));
  }

  private static UnitEnd end(String stage, int things, int second) {
    return new UnitEnd(stage, things, NOON.plusSeconds(second));
  }
}
