package dev.piecrust.task;

import dev.piecrust.model.Tokenizer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Subject-verb agreement (Linzen et al. 2016; Marks et al. 2024): the answer is the form of the
 * verb that agrees with the subject, the wrong one the other form; the corruption has the subject
 * in the other number. A second noun, where there is one, has any number and stays as it is.
 */
final class AgreementTask implements TaskGenerator {
  /** {@code The manager}. */
  static final AgreementTask SIMPLE = new AgreementTask("sva", false, "The {S}");

  /** {@code The managers near the car}. */
  static final AgreementTask NOUN_PP =
      new AgreementTask(
          "sva-noun-pp",
          false,
          "The {S} near the {O}",
          "The {S} behind the {O}",
          "The {S} beside the {O}",
          "The {S} across from the {O}");

  /** {@code The manager that the drivers liked}. */
  static final AgreementTask RELATIVE_CLAUSE =
      new AgreementTask(
          "sva-rc",
          true,
          "The {S} that the {O} liked",
          "The {S} that the {O} hated",
          "The {S} that the {O} helped",
          "The {S} that the {O} called");

  private static final List<String> SUBJECTS =
      List.of(
          "manager managers",
          "teacher teachers",
          "author authors",
          "driver drivers",
          "doctor doctors",
          "officer officers",
          "student students",
          "player players",
          "leader leaders",
          "parent parents",
          "friend friends",
          "worker workers",
          "artist artists",
          "writer writers",
          "lawyer lawyers",
          "farmer farmers",
          "singer singers",
          "guard guards",
          "boy boys",
          "girl girls");

  private static final List<String> OBJECTS =
      List.of(
          "car cars",
          "house houses",
          "tree trees",
          "door doors",
          "table tables",
          "building buildings",
          "school schools",
          "river rivers",
          "window windows",
          "train trains");

  private static final List<String> VERBS = List.of("is are", "was were", "has have");

  private final String label;
  private final boolean people;
  private final List<String> templates;

  /**
   * @param people whether the second noun is a person
   */
  private AgreementTask(String label, boolean people, String... templates) {
    this.label = label;
    this.people = people;
    this.templates = List.of(templates);
  }

  @Override
  public List<PromptPair> generate(Tokenizer tokenizer, int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return FittingPairs.draw(tokenizer, n, label, () -> pair(random));
  }

  private PromptPair pair(RandomGenerator random) {
    String[] subject = forms(random, SUBJECTS);
    String[] verb = forms(random, VERBS);
    String object = forms(random, people ? SUBJECTS : OBJECTS)[random.nextInt(2)];
    int number = random.nextInt(2);
    String template = templates.get(random.nextInt(templates.size())).replace("{O}", object);
    return new PromptPair(
        template.replace("{S}", subject[number]),
        template.replace("{S}", subject[1 - number]),
        " " + verb[number],
        " " + verb[1 - number]);
  }

  /** Singular and plural. */
  private static String[] forms(RandomGenerator random, List<String> from) {
    return from.get(random.nextInt(from.size())).split(" ", -1);
  }
}
