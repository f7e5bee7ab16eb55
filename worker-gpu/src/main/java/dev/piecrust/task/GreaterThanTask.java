package dev.piecrust.task;

import dev.piecrust.model.Tokenizer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Greater-than (Hanna et al. 2023): something lasts from a year to a year of the same century, of
 * which the last two digits are due; where the tokenizer reads digits one by one, of the same
 * decade and the last digit. The right answer is a later one, the wrong one the start's or an
 * earlier one; the corruption starts with 01, or with 0, so that nothing is too early any more.
 */
final class GreaterThanTask {
  private static final List<String> NOUNS =
      List.of(
          "war",
          "trial",
          "project",
          "journey",
          "voyage",
          "expedition",
          "siege",
          "strike",
          "dispute",
          "reign",
          "programme",
          "study",
          "mission",
          "search",
          "campaign",
          "construction");

  private GreaterThanTask() {}

  static List<PromptPair> generate(Tokenizer tokenizer, int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    boolean pairsOfDigits = tokenizer.encodeRaw("45").length == 1;
    return FittingPairs.draw(
        tokenizer,
        n,
        "greater-than",
        () -> pairsOfDigits ? pair(random, 2, 98, "%02d", "01") : pair(random, 1, 8, "%d", "0"));
  }

  /**
   * @param least the earliest start
   * @param most the latest
   * @param form of an answer
   * @param floor the start of the corrupted prompt
   */
  private static PromptPair pair(
      RandomGenerator random, int least, int most, String form, String floor) {
    String century =
        "1" + random.nextInt(1, 10) + (form.equals("%d") ? random.nextInt(10) + "" : "");
    int start = random.nextInt(least, most + 1);
    int later = random.nextInt(start + 1, most + 2);
    int earlier = random.nextInt(least - 1, start + 1);
    String prompt =
        "The %s lasted from the year %s%%s to the year %s"
            .formatted(NOUNS.get(random.nextInt(NOUNS.size())), century, century);
    return new PromptPair(
        prompt.formatted(form.formatted(start)),
        prompt.formatted(floor),
        form.formatted(later),
        form.formatted(earlier));
  }
}
