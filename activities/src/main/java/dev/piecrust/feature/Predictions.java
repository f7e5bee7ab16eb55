package dev.piecrust.feature;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the model expects after a prompt, most likely first, and the prompt as it reads it.
 *
 * @param tokens of the clean prompt, BOS included
 * @param corruptedTokens of the corrupted prompt, as many
 * @param clean after the clean prompt
 * @param corrupted after the corrupted prompt
 * @param patched by budget: after the clean prompt where only the keep set is left; of several
 *     seeds, the first
 */
public record Predictions(
    List<String> tokens,
    List<String> corruptedTokens,
    List<Prediction> clean,
    List<Prediction> corrupted,
    SortedMap<Integer, List<Prediction>> patched) {
  public Predictions {
    tokens = List.copyOf(tokens);
    corruptedTokens = List.copyOf(corruptedTokens);
    clean = List.copyOf(clean);
    corrupted = List.copyOf(corrupted);
    patched = Collections.unmodifiableSortedMap(new TreeMap<>(patched));
  }
}
