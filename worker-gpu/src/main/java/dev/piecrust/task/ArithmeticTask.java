package dev.piecrust.task;

import dev.piecrust.model.Tokenizer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Sums and differences of whole numbers: the answer is the result, the wrong one the result of the
 * corruption, which asks the same of two other numbers. Where a tokenizer does not read a space and
 * a number as one token, the prompt ends with the space.
 */
final class ArithmeticTask {
  private static final int LARGEST = 49;

  private ArithmeticTask() {}

  static List<PromptPair> generate(Tokenizer tokenizer, int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    boolean withSpace = tokenizer.encodeRaw(" 7").length == 1;
    return FittingPairs.draw(tokenizer, n, "arithmetic", () -> pair(random, withSpace));
  }

  private static PromptPair pair(RandomGenerator random, boolean withSpace) {
    boolean sum = random.nextBoolean();
    int[] asked = numbers(random);
    int[] other = numbers(random);
    return new PromptPair(
        prompt(asked, sum, withSpace),
        prompt(other, sum, withSpace),
        answer(asked, sum, withSpace),
        answer(other, sum, withSpace));
  }

  /** The larger one first, so that no difference is negative. */
  private static int[] numbers(RandomGenerator random) {
    int one = random.nextInt(1, LARGEST + 1);
    int two = random.nextInt(1, LARGEST + 1);
    return new int[] {Math.max(one, two), Math.min(one, two)};
  }

  private static String prompt(int[] numbers, boolean sum, boolean withSpace) {
    return "Question: How much is %d %s %d? Answer:%s"
        .formatted(numbers[0], sum ? "plus" : "minus", numbers[1], withSpace ? "" : " ");
  }

  private static String answer(int[] numbers, boolean sum, boolean withSpace) {
    return (withSpace ? " " : "") + (sum ? numbers[0] + numbers[1] : numbers[0] - numbers[1]);
  }
}
