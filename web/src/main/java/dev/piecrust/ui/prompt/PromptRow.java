package dev.piecrust.ui.prompt;

import dev.piecrust.feature.Prediction;
import dev.piecrust.store.result.PromptLine;
import dev.piecrust.view.PromptWords;
import dev.piecrust.view.TokenText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A line of the list of prompts.
 *
 * @param words absent where no tokens were recorded
 */
public record PromptRow(PromptLine line, Optional<PromptWords> words) {
  /** Of the strip, in its own units. */
  private static final double WIDTH = 100;

  /**
   * A part of the strip: a token that may come next, as wide as it is likely.
   *
   * @param same whether the whole model answers the same
   */
  public record Part(double from, double width, boolean same, String label) {}

  /** What the pruned model expects most. */
  public Optional<Prediction> pruned() {
    return words.flatMap(all -> all.pruned().stream().findFirst());
  }

  /** The distribution of the pruned model's next token, most likely first. */
  public List<Part> strip() {
    String answer = words.flatMap(PromptWords::answer).map(Prediction::token).orElse("");
    List<Part> parts = new ArrayList<>();
    double from = 0;
    for (Prediction next : words.map(PromptWords::pruned).orElse(List.of())) {
      double width = WIDTH * next.probability();
      parts.add(
          new Part(
              from,
              width,
              next.token().equals(answer),
              "%s %s"
                  .formatted(
                      TokenText.shown(next.token()), PromptText.likely(next.probability()))));
      from += width;
    }
    return parts;
  }

  /** The strip in words. */
  public String label() {
    return "The pruned model expects "
        + strip().stream().map(Part::label).reduce((a, b) -> a + ", " + b).orElse("nothing");
  }
}
