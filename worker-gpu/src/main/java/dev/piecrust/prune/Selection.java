package dev.piecrust.prune;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a method keeps of one prompt, where its choice is more than a ranking.
 *
 * @param scores by occurrence, [n]: what is reported beside each kept occurrence
 * @param kept by budget, best first: indices into the prompt's occurrences
 */
@SuppressWarnings("ArrayRecordComponent") // equality of contents is not asked of it
public record Selection(float[] scores, SortedMap<Integer, int[]> kept) {
  public Selection {
    kept = Collections.unmodifiableSortedMap(new TreeMap<>(kept));
  }
}
