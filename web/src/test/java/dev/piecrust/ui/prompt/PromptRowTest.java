package dev.piecrust.ui.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.feature.Prediction;
import dev.piecrust.store.database.ListKey;
import dev.piecrust.store.result.PromptLine;
import dev.piecrust.view.PromptWords;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PromptRowTest {
  private static final PromptLine LINE = new PromptLine(3, 0.5, 1, new ListKey("", 3));

  @Test
  void aStripIsAsWideAsEachTokenIsLikelyAndMarksTheWholeModelsAnswer() {
    PromptWords words =
        new PromptWords(
            "When Mary and John",
            Optional.of(new Prediction(" Mary", 0.75)),
            List.of(new Prediction(" John", 0.5), new Prediction(" Mary", 0.25)));
    PromptRow row = new PromptRow(LINE, Optional.of(words));
    assertThat(row.strip())
        .containsExactly(
            new PromptRow.Part(0, 50, false, " John 50 %"),
            new PromptRow.Part(50, 25, true, " Mary 25 %"));
    assertThat(row.pruned()).contains(new Prediction(" John", 0.5));
    assertThat(row.label()).isEqualTo("The pruned model expects  John 50 %,  Mary 25 %");
  }

  @Test
  void withoutWordsThereIsNothingToShow() {
    PromptRow row = new PromptRow(LINE, Optional.empty());
    assertThat(row.strip()).isEmpty();
    assertThat(row.pruned()).isEmpty();
  }
}
