package dev.piecrust.task;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Draws pairs whose clean prompts differ, as long as the source has fresh ones to give. */
final class DistinctPairs {
  /** After so many repetitions in a row the source is taken to be exhausted. */
  private static final int PATIENCE = 1_000;

  private DistinctPairs() {}

  static List<PromptPair> draw(int n, Supplier<PromptPair> source) {
    List<PromptPair> pairs = new ArrayList<>(n);
    Set<String> seen = new HashSet<>();
    for (int repeated = 0; pairs.size() < n; ) {
      PromptPair pair = source.get();
      boolean fresh = seen.add(pair.textClean());
      if (fresh || repeated >= PATIENCE) {
        pairs.add(pair);
      }
      repeated = fresh ? 0 : repeated + 1;
    }
    return pairs;
  }
}
