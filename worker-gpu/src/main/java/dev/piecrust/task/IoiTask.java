package dev.piecrust.task;

import dev.piecrust.model.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Indirect object identification (docs/method.md §4). The right answer is the name that was said
 * once, the wrong one the name that was said twice; the corruption puts three fresh names in their
 * place.
 */
public final class IoiTask {
  /** A pair needs two names and its corruption three others; fewer than ten repeat themselves. */
  private static final int NAMES_NEEDED = 10;

  private IoiTask() {}

  /**
   * Pairs that depend on the tokenizer, the seed and their index alone, so that a longer list of
   * the same seed starts with the shorter one. No prompt comes twice while there are fresh ones.
   *
   * @param n how many
   * @throws dev.piecrust.failure.PieCrustException of category user when the tokenizer splits most
   *     names
   */
  public static List<PromptPair> generate(Tokenizer tokenizer, int n, long seed) {
    OneTokenWords names =
        OneTokenWords.of(tokenizer, IoiWords.NAMES, NAMES_NEEDED, "names of the ioi task");
    SplittableRandom random = new SplittableRandom(seed);
    List<PromptPair> pairs =
        DistinctPairs.draw(n, () -> pair(IoiSentence.draw(random, names), names, random));
    return CheckedPairs.of(pairs, tokenizer, "ioi");
  }

  private static PromptPair pair(IoiSentence clean, OneTokenWords names, SplittableRandom random) {
    List<String> fresh = new ArrayList<>(names.draw(random, 5));
    fresh.removeAll(List.of(clean.first(), clean.second()));
    return new PromptPair(
        clean.prompt(),
        clean.withNames(fresh.subList(0, 3)).prompt(),
        " " + clean.receiver(),
        " " + clean.subject());
  }
}
