package dev.piecrust.bench.demo;

import dev.piecrust.task.DocstringFunction;
import dev.piecrust.task.IoiSentence;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * What the demo model reads: 35 % indirect-object sentences, 25 % Python functions with
 * doc-strings, and 40 % other text of six kinds, as shares of the documents drawn.
 */
final class DemoLanguage {
  private static final double IOI_SHARE = 0.35;
  private static final double FUNCTION_SHARE = 0.25;

  private static final List<TextKind> OTHER =
      List.of(
          new AnimalText(),
          new WeekText(),
          new NumberText(),
          new QuestionText(),
          new EchoText(),
          new EchoText(),
          new CodeText());

  private final TextKind kinds;
  private final Predicate<String> heldOut;

  private DemoLanguage(TextKind kinds, Predicate<String> heldOut) {
    this.kinds = kinds;
    this.heldOut = heldOut;
  }

  /** The whole language. */
  static DemoLanguage whole() {
    return new DemoLanguage(DemoLanguage::any, document -> false);
  }

  /** The language without the documents that start with a held-out prompt. */
  static DemoLanguage without(HeldOutPrompts prompts) {
    return new DemoLanguage(DemoLanguage::any, prompts::occurIn);
  }

  /** Words said again and again, and nothing else. */
  static DemoLanguage cycles() {
    return new DemoLanguage(new CycleText(), document -> false);
  }

  /** The next document, which ends with a new line. */
  String draw(RandomGenerator random) {
    String document = kinds.draw(random);
    while (heldOut.test(document)) {
      document = kinds.draw(random);
    }
    return document;
  }

  private static String any(RandomGenerator random) {
    double kind = random.nextDouble();
    if (kind < IOI_SHARE) {
      return MeetingText.of(IoiSentence.draw(random));
    }
    if (kind < IOI_SHARE + FUNCTION_SHARE) {
      return DocstringFunction.draw(random).text();
    }
    return Draw.one(random, OTHER).draw(random);
  }
}
