package dev.piecrust.bench.demo;

import java.util.List;
import java.util.random.RandomGenerator;

/** An order to be remembered: the days of the week. */
final class WeekText implements TextKind {
  private static final List<String> DAYS =
      Draw.words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday");

  @Override
  public String draw(RandomGenerator random) {
    return Draw.paragraph(random, () -> sentence(random.nextInt(DAYS.size())));
  }

  private static String sentence(int first) {
    return "After " + day(first) + " comes " + day(first + 1) + ", then " + day(first + 2) + ".";
  }

  private static String day(int index) {
    return DAYS.get(index % DAYS.size());
  }
}
