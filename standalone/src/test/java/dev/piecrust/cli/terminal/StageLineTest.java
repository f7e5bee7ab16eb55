package dev.piecrust.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.StageProgress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StageLineTest {
  @Test
  void tellsCountsRateAndTimeLeft() {
    assertThat(StageLine.plain(stage(40), Optional.of(0.5)))
        .isEqualTo("score ioi 40/100, 0.5 prompts/s, about 2 min left");
    assertThat(
            StageLine.plain(
                new StageProgress("explain", 9, 3, 0, Optional.empty(), Optional.empty()),
                Optional.of(2.0)))
        .isEqualTo("explain 3/9, 2.0 features/s, about 3 s left");
  }

  @Test
  void fillsTheBarInProportion() {
    assertThat(StageLine.withBar(stage(50), Optional.empty()))
        .contains("█".repeat(12) + "░".repeat(12) + " 50/100");
  }

  @Test
  void saysTimesAsPeopleDo() {
    assertThat(StageLine.span(8)).isEqualTo("8 s");
    assertThat(StageLine.span(200)).isEqualTo("3 min");
    assertThat(StageLine.span(6000)).isEqualTo("1 h 40 min");
  }

  private static StageProgress stage(int done) {
    return new StageProgress("score ioi", 100, done, 0, Optional.empty(), Optional.empty());
  }
}
