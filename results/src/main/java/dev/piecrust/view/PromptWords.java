package dev.piecrust.view;

import dev.piecrust.feature.Prediction;
import dev.piecrust.feature.Predictions;
import java.util.List;
import java.util.Optional;

/**
 * A prompt in a list, in words.
 *
 * @param text of the prompt, without the BOS before it
 * @param answer what the whole model answers; absent where it was not recorded
 * @param pruned what the model expects where only the keep set is left, most likely first
 */
public record PromptWords(String text, Optional<Prediction> answer, List<Prediction> pruned) {
  public PromptWords {
    pruned = List.copyOf(pruned);
  }

  static PromptWords of(Predictions predictions, int budget) {
    return new PromptWords(
        predictions.text(),
        predictions.clean().stream().findFirst(),
        predictions.patched().getOrDefault(budget, List.of()));
  }
}
