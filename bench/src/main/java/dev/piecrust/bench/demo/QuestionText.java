package dev.piecrust.bench.demo;

import dev.piecrust.task.IoiWords;
import java.util.List;
import java.util.random.RandomGenerator;

/** Questions about a thing, answered by the other adjective of a pair of opposites. */
final class QuestionText implements TextKind {
  private static final List<List<String>> OPPOSITES =
      List.of(
          List.of("big", "small"),
          List.of("hot", "cold"),
          List.of("old", "new"),
          List.of("fast", "slow"),
          List.of("long", "short"),
          List.of("wet", "dry"),
          List.of("heavy", "light"),
          List.of("loud", "quiet"));

  @Override
  public String draw(RandomGenerator random) {
    return Draw.paragraph(random, () -> sentence(random));
  }

  private static String sentence(RandomGenerator random) {
    String thing = Draw.one(random, random.nextBoolean() ? IoiWords.PLACES : IoiWords.OBJECTS);
    List<String> pair = Draw.several(random, 2, Draw.one(random, OPPOSITES));
    return "Is the "
        + thing
        + " "
        + pair.get(0)
        + "? No, the "
        + thing
        + " is "
        + pair.get(1)
        + ".";
  }
}
