package dev.piecrust.view.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.StageProgress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StageRatesTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final StageRates rates = new StageRates();

  @Test
  void countsAStageFromWhereTheOthersLastMovedBeforeIt() {
    observe(0, 0, 0);
    observe(10, 20, 0);
    observe(20, 40, 0);
    observe(22, 40, 10);
    assertThat(rates.of(score(40))).contains(2.0);
    assertThat(rates.of(heldOut(10))).as("10 prompts from second 20 to 22").contains(5.0);
  }

  @Test
  void keepsTheRateOfAStageThatIsDone() {
    observe(0, 0, 0);
    observe(10, 20, 0);
    observe(1000, 20, 0);
    assertThat(rates.of(score(20))).contains(2.0);
  }

  @Test
  void leavesOutWhatWasDoneBeforeThisProcessStarted() {
    observe(0, 30, 0);
    assertThat(rates.of(score(30))).isEmpty();
    observe(5, 40, 0);
    assertThat(rates.of(score(40))).contains(2.0);
  }

  @Test
  void saysNothingAfterTooShortATime() {
    rates.observe(List.of(score(0)), NOON);
    rates.observe(List.of(score(10)), NOON.plusMillis(499));
    assertThat(rates.of(score(10))).isEmpty();
  }

  private void observe(int second, int scored, int heldOut) {
    rates.observe(List.of(score(scored), heldOut(heldOut)), NOON.plusSeconds(second));
  }

  private static StageProgress score(int done) {
    return stage("score ioi", done);
  }

  private static StageProgress heldOut(int done) {
    return stage("held-out ioi", done);
  }

  private static StageProgress stage(String name, int done) {
    return new StageProgress(name, 40, done, 0, Optional.empty(), Optional.empty());
  }
}
