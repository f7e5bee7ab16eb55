package dev.piecrust.feature;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one method did on one prompt: the unit of every table.
 *
 * @param task name of the task
 * @param index index of the prompt within the task, from 0
 * @param textSha1 SHA-1 of the clean text, hexadecimal
 * @param method name of the method
 * @param occurrences number of occurrences of the prompt (clean and corrupted run together)
 * @param fidelity by budget; random methods hold the mean over their seeds
 * @param kept by budget, best first; random methods hold the first seed's
 * @param predictions absent in results of versions that did not record them
 */
public record PromptOutcome(
    String task,
    int index,
    String textSha1,
    String method,
    int occurrences,
    SortedMap<Integer, Fidelity> fidelity,
    SortedMap<Integer, List<KeptOccurrence>> kept,
    Optional<Predictions> predictions) {
  public PromptOutcome {
    fidelity = Collections.unmodifiableSortedMap(new TreeMap<>(fidelity));
    kept = Collections.unmodifiableSortedMap(new TreeMap<>(kept));
  }

  /** One without predictions. */
  public PromptOutcome(
      String task,
      int index,
      String textSha1,
      String method,
      int occurrences,
      SortedMap<Integer, Fidelity> fidelity,
      SortedMap<Integer, List<KeptOccurrence>> kept) {
    this(task, index, textSha1, method, occurrences, fidelity, kept, Optional.empty());
  }
}
