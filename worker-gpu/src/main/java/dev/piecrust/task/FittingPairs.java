package dev.piecrust.task;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.failure.PieCrustException;
import dev.piecrust.model.Tokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Draws distinct pairs of those that a tokenizer reads as {@link PairChecks} wants them. */
final class FittingPairs {
  /** After so many unfit ones in a row the tokenizer is taken to be unfit. */
  private static final int PATIENCE = 1_000;

  private FittingPairs() {}

  static List<PromptPair> draw(
      Tokenizer tokenizer, int n, String task, Supplier<PromptPair> source) {
    return DistinctPairs.draw(n, () -> next(tokenizer, task, source));
  }

  private static PromptPair next(Tokenizer tokenizer, String task, Supplier<PromptPair> source) {
    String reason = "";
    for (int drawn = 0; drawn < PATIENCE; drawn++) {
      PromptPair pair = source.get();
      try {
        PairChecks.check(pair, tokenizer, "such as '" + pair.textClean() + "'");
        if (known(tokenizer, pair.textClean()) && known(tokenizer, pair.textCorr())) {
          return pair;
        }
        reason = "'%s' has words that it does not know".formatted(pair.textClean());
      } catch (PieCrustException e) {
        reason = String.valueOf(e.getMessage());
      }
    }
    throw user(
        "the tokenizer does not suit the task %s: of %,d prompts none fits, %s, expected a model"
            + " that reads their words and answers as single tokens",
        task, PATIENCE, reason);
  }

  private static boolean known(Tokenizer tokenizer, String text) {
    return Arrays.stream(tokenizer.encodeRaw(text)).noneMatch(tokenizer::isSpecial);
  }
}
