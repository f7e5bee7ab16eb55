package dev.piecrust.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.feature.FadeMetric;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScoreSpreadTest {
  @Test
  void countsFeaturesInTwentyBinsOfWhichTheLastHoldsOneToo() {
    ScoreSpread spread = ScoreSpread.of(FadeMetric.PURITY, List.of(0.0, 0.049, 0.5, 1.0, 0.96));
    assertThat(spread.features()).isEqualTo(5);
    assertThat(spread.median()).isEqualTo(0.5);
    assertThat(spread.bins())
        .filteredOn(bin -> bin.features() > 0)
        .containsExactly(
            new ScoreSpread.Bin(0, 0.05, 2, 1),
            new ScoreSpread.Bin(0.5, 0.55, 1, 0.5),
            new ScoreSpread.Bin(0.95, 1, 2, 1));
    assertThat(ScoreSpread.of(FadeMetric.PURITY, List.of(0.25, 0.75)).median()).isEqualTo(0.5);
  }
}
