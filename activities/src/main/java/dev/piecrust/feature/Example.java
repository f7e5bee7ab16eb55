package dev.piecrust.feature;

import java.util.List;

/**
 * A window of text with one feature's activations (docs/method.md §7).
 *
 * @param window its ordinal in the corpus
 * @param stratum which part of the feature's activations over the corpus it stands for
 * @param tokens as text, special tokens left out; joined they are the text
 * @param activations one for each token, not negative
 */
public record Example(int window, Stratum stratum, List<String> tokens, List<Float> activations) {
  public Example {
    tokens = List.copyOf(tokens);
    activations = List.copyOf(activations);
    if (tokens.size() != activations.size()) {
      throw new IllegalArgumentException(
          "%d tokens, but %d activations".formatted(tokens.size(), activations.size()));
    }
  }

  /** The activation of the text: the maximum over its tokens (docs/method.md §8). */
  public double activation() {
    return activations.stream().mapToDouble(Float::doubleValue).max().orElse(0);
  }

  /** The text that the tokens are. */
  public String text() {
    return String.join("", tokens);
  }
}
