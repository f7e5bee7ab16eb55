package dev.piecrust.task;

import dev.piecrust.model.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Doc-String (docs/method.md §4). The right answer is the argument that the documentation comes to
 * next, the wrong one another argument of the signature; the corruption draws other names for the
 * signature, so that nothing says any more which argument is next.
 */
public final class DocstringTask {
  /** A function has up to four arguments and its corruption four others. */
  private static final int ARGUMENTS_NEEDED = 12;

  private DocstringTask() {}

  /**
   * Pairs that depend on the tokenizer, the seed and their index alone, so that a longer list of
   * the same seed starts with the shorter one. No prompt comes twice while there are fresh ones.
   *
   * @param n how many
   * @throws dev.piecrust.failure.PieCrustException of category user when the tokenizer splits most
   *     argument names
   */
  public static List<PromptPair> generate(Tokenizer tokenizer, int n, long seed) {
    OneTokenWords names =
        OneTokenWords.of(
            tokenizer,
            DocstringWords.ARGUMENTS,
            ARGUMENTS_NEEDED,
            "argument names of the docstring task");
    SplittableRandom random = new SplittableRandom(seed);
    List<PromptPair> pairs =
        DistinctPairs.draw(n, () -> pair(DocstringFunction.draw(random, names), names, random));
    return CheckedPairs.of(pairs, tokenizer, "docstring");
  }

  private static PromptPair pair(
      DocstringFunction clean, OneTokenWords names, SplittableRandom random) {
    List<String> arguments = clean.arguments();
    int documented = 1 + random.nextInt(arguments.size() - 1);
    int other = (documented + 1 + random.nextInt(arguments.size() - 1)) % arguments.size();
    List<String> fresh = new ArrayList<>(names.draw(random, 2 * arguments.size()));
    fresh.removeAll(arguments);
    return new PromptPair(
        clean.promptAfter(documented),
        clean.withSignature(fresh.subList(0, arguments.size())).promptAfter(documented),
        " " + arguments.get(documented),
        " " + arguments.get(other));
  }
}
