package dev.piecrust.task;

import dev.piecrust.model.Tokenizer;
import java.util.List;

/** Generated pairs, once each has passed {@link PairChecks} under the tokenizer in use. */
final class CheckedPairs {
  private CheckedPairs() {}

  static List<PromptPair> of(List<PromptPair> pairs, Tokenizer tokenizer, String task) {
    for (int i = 0; i < pairs.size(); i++) {
      PairChecks.check(pairs.get(i), tokenizer, "generated " + task + " prompt " + i);
    }
    return List.copyOf(pairs);
  }
}
