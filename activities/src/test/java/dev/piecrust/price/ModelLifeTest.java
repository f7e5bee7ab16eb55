package dev.piecrust.price;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelLifeTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 28);
  private static final Optional<LocalDate> UNSAID = Optional.empty();

  private final ModelLife life = ModelLife.shipped();

  @Test
  void namesTheDayAndTheReplacementOfAModelThatGoesSoon() {
    assertThat(life.warning("openai", "gpt-5-mini", TODAY, UNSAID))
        .contains(
            "openai's gpt-5-mini will be shut down on 2026-12-11; the provider names gpt-6.1-terra"
                + " as its replacement");
    assertThat(life.warning("openai", "gpt-5-mini-2025-08-07", TODAY, UNSAID)).isPresent();
  }

  @Test
  void saysThatAModelIsGone() {
    assertThat(life.warning("openai", "o3-mini", TODAY, UNSAID))
        .contains("openai's o3-mini was shut down on 2026-10-23; choose another model");
  }

  @Test
  void keepsStillAboutModelsThatGoLaterOrNeverWereSaidToGo() {
    assertThat(life.warning("openai", "gpt-6-luna", TODAY, UNSAID)).isEmpty();
    assertThat(life.warning("openai", "gpt-5.1", TODAY, UNSAID)).isEmpty();
    LocalDate sixtyDaysBefore = LocalDate.of(2027, 4, 1).minusDays(60);
    assertThat(life.warning("openai", "gpt-5.1", sixtyDaysBefore.minusDays(1), UNSAID)).isEmpty();
    assertThat(life.warning("openai", "gpt-5.1", sixtyDaysBefore, UNSAID)).isPresent();
  }

  @Test
  void believesTheEndpointBeforeTheTable() {
    assertThat(life.warning("openai", "gpt-6-luna", TODAY, Optional.of(LocalDate.of(2026, 12, 24))))
        .contains("openai's gpt-6-luna will be shut down on 2026-12-24; choose another model");
    assertThat(life.warning("openai", "gpt-5-mini", TODAY, Optional.of(LocalDate.of(2027, 12, 11))))
        .isEmpty();
  }
}
