package dev.piecrust.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.activity.TrainProgress;
import dev.piecrust.campaign.TrainSpec;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private static final TrainSpec SPEC =
      TrainSpecs.with(Map.of("steps", 100, "warmUp", 0.1, "patience", 2)); // l0 is 8

  @Test
  void countsCheckpointsWithoutABetterOne() {
    Patience patience = Patience.FRESH;
    patience = patience.after(reached(20, 0.5, 8), SPEC);
    patience = patience.after(reached(30, 0.6, 8), SPEC);
    assertThat(patience).isEqualTo(new Patience(0.5, 1));
    patience = patience.after(reached(40, 0.4, 8), SPEC);
    assertThat(patience).isEqualTo(new Patience(0.4, 0));
    patience = patience.after(reached(50, 0.4, 8), SPEC);
    assertThat(patience.isOver(SPEC)).isFalse();
    patience = patience.after(reached(60, 0.41, 8), SPEC);
    assertThat(patience.isOver(SPEC)).isTrue();
    assertThat(patience.isOver(TrainSpecs.with(Map.of()))).isFalse();
  }

  @Test
  void leavesOutWhatCannotBeCompared() {
    assertThat(Patience.FRESH.after(reached(10, 0.1, 8), SPEC)).isEqualTo(Patience.FRESH);
    assertThat(Patience.FRESH.after(reached(20, 0.1, 9), SPEC)).isEqualTo(Patience.FRESH);
    assertThat(Patience.FRESH.after(reached(20, 0.1, 8.8), SPEC)).isNotEqualTo(Patience.FRESH);
  }

  private static TrainProgress reached(int step, double unexplained, double active) {
    return new TrainProgress(step, 100, unexplained, active, 0, Optional.empty(), Optional.empty());
  }
}
