package dev.piecrust.feature;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the model expects after a prompt, most likely first, and the prompt as it reads it.
 *
 * @param tokens of the clean prompt, BOS included where it has one
 * @param corruptedTokens of the corrupted prompt, as many
 * @param clean after the clean prompt
 * @param corrupted after the corrupted prompt
 * @param patched by budget: after the clean prompt where only the keep set is left; of several
 *     seeds, the first
 * @param bos whether a BOS stands before the prompts; those of earlier releases do not say, and
 *     have one
 */
public record Predictions(
    List<String> tokens,
    List<String> corruptedTokens,
    List<Prediction> clean,
    List<Prediction> corrupted,
    SortedMap<Integer, List<Prediction>> patched,
    Optional<Boolean> bos) {
  public Predictions {
    bos = Objects.requireNonNullElse(bos, Optional.empty());
    tokens = List.copyOf(tokens);
    corruptedTokens = List.copyOf(corruptedTokens);
    clean = List.copyOf(clean);
    corrupted = List.copyOf(corrupted);
    patched = Collections.unmodifiableSortedMap(new TreeMap<>(patched));
  }

  /** The clean prompt, without the BOS before it. */
  public String text() {
    return text(tokens);
  }

  /** The corrupted prompt likewise. */
  public String corruptedText() {
    return text(corruptedTokens);
  }

  private String text(List<String> all) {
    boolean first = bos.orElse(true) && !all.isEmpty();
    return String.join("", first ? all.subList(1, all.size()) : all);
  }
}
