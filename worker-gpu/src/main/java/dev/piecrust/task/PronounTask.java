package dev.piecrust.task;

import dev.piecrust.model.Tokenizer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Gendered pronouns (Mathwin et al. 2023): the answer is the pronoun that goes with a first name,
 * the wrong one the other; the corruption has a name that goes with the other.
 */
final class PronounTask {
  private static final List<String> HE =
      List.of(
          "John", "James", "Paul", "Mark", "Peter", "David", "Jack", "Simon", "Frank", "Henry",
          "Daniel", "Kevin", "Brian", "George", "Robert", "Thomas", "William", "Michael", "Charles",
          "Richard");

  private static final List<String> SHE =
      List.of(
          "Mary", "Anna", "Lucy", "Sarah", "Laura", "Kate", "Alice", "Emma", "Grace", "Helen",
          "Rachel", "Susan", "Linda", "Julia", "Claire", "Diana", "Maria", "Jane", "Karen",
          "Nancy");

  private static final List<String> TEMPLATES =
      List.of(
          "So {N} is such a good cook, isn't",
          "So {N} is a really great friend, isn't",
          "I told {N} about it, and then",
          "{N} went home because",
          "{N} could not sleep, so");

  private PronounTask() {}

  static List<PromptPair> generate(Tokenizer tokenizer, int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return FittingPairs.draw(tokenizer, n, "gendered-pronoun", () -> pair(random));
  }

  private static PromptPair pair(RandomGenerator random) {
    String template = TEMPLATES.get(random.nextInt(TEMPLATES.size()));
    String he = template.replace("{N}", HE.get(random.nextInt(HE.size())));
    String she = template.replace("{N}", SHE.get(random.nextInt(SHE.size())));
    return random.nextBoolean()
        ? new PromptPair(he, she, " he", " she")
        : new PromptPair(she, he, " she", " he");
  }
}
