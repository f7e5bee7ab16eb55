package dev.piecrust.task;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * An indirect-object sentence (Wang et al. 2022): two people, one of whom acts again, so that the
 * other one receives.
 *
 * @param template one of {@link #TEMPLATES}
 * @param first the first name of the pair
 * @param second the second name of the pair
 * @param subject who acts; in a clean sentence the first name (ABA) or the second (ABB)
 */
public record IoiSentence(
    String template, String first, String second, String subject, String place, String object) {
  /** In each, {@code {A}} and {@code {B}} are the pair and {@code {S}} the one who acts. */
  public static final List<String> TEMPLATES =
      List.of(
          "When {A} and {B} met at the {P}, {S} handed the {O} to",
          "After {A} and {B} left the {P}, {S} gave a {O} to",
          "While {A} and {B} walked to the {P}, {S} passed the {O} to",
          "Then {A} and {B} had lunch near the {P}, and {S} lent a {O} to",
          "Yesterday {A} and {B} worked at the {P}, so {S} brought the {O} to",
          "At the {P}, {A} and {B} talked for a while and {S} showed the {O} to",
          "Last week {A} and {B} visited the {P}, where {S} sold a {O} to",
          "Before {A} and {B} came back from the {P}, {S} offered the {O} to");

  /** Draws a sentence with its answer, in either order of names. */
  public static IoiSentence draw(RandomGenerator random) {
    return draw(random, OneTokenWords.all(IoiWords.NAMES));
  }

  static IoiSentence draw(RandomGenerator random, OneTokenWords names) {
    List<String> pair = names.draw(random, 2);
    return new IoiSentence(
        pick(random, TEMPLATES),
        pair.get(0),
        pair.get(1),
        pair.get(random.nextInt(2)),
        pick(random, IoiWords.PLACES),
        pick(random, IoiWords.OBJECTS));
  }

  /** The sentence up to its answer. */
  public String prompt() {
    return template
        .replace("{A}", first)
        .replace("{B}", second)
        .replace("{S}", subject)
        .replace("{P}", place)
        .replace("{O}", object);
  }

  /** The indirect object: the name of the pair that does not act. */
  public String receiver() {
    return subject.equals(first) ? second : first;
  }

  /** The same sentence about three people of whom none is named twice. */
  IoiSentence withNames(List<String> three) {
    return new IoiSentence(template, three.get(0), three.get(1), three.get(2), place, object);
  }

  private static String pick(RandomGenerator random, List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
