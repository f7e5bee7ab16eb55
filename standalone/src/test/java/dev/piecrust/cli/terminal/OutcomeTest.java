package dev.piecrust.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.campaign.StageProgress;
import dev.piecrust.report.text.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OutcomeTest {
  private static final Instant START = Instant.parse("2026-11-28T12:00:00Z");

  private static final List<Verdict.Line> VERDICT =
      List.of(
          new Verdict.Line("kept", List.of("ioi: one two three", "docstring: four")),
          new Verdict.Line("meaning", List.of("five")));

  @Test
  void setsSentencesBesideTheirTitle() {
    assertThat(Outcome.lines(VERDICT, 0))
        .containsExactly(
            "kept     ioi: one two three", "         docstring: four", "meaning  five");
  }

  @Test
  void breaksLinesWhereTheTerminalEnds() {
    assertThat(Outcome.lines(VERDICT, 22))
        .startsWith("kept     ioi: one two", "         three", "         docstring:");
  }

  @Test
  void saysHowLongItTookOrTakes() {
    assertThat(Outcome.took(status(Optional.of(START.plusSeconds(200)))))
        .isEqualTo("3 min from start to end");
    assertThat(Outcome.took(status(Optional.empty()))).isEqualTo("50 s so far");
  }

  private static CampaignStatus status(Optional<Instant> finishedAt) {
    StageProgress stage =
        new StageProgress(
            "score ioi", 9, 3, 0, Optional.of(START), Optional.of(START.plusSeconds(50)));
    return new CampaignStatus(
        "x-1", "x", CampaignState.PAUSED_FOR_BUDGET, "", START, finishedAt, List.of(stage));
  }
}
