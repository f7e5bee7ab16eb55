package dev.piecrust.bench.demo;

import java.util.List;
import java.util.random.RandomGenerator;

/** Counting and small sums, in words. */
final class NumberText implements TextKind {
  private static final List<String> NUMBERS =
      Draw.words("one two three four five six seven eight nine ten eleven twelve");
  private static final int COUNTED = 4;

  @Override
  public String draw(RandomGenerator random) {
    return Draw.paragraph(random, () -> random.nextBoolean() ? count(random) : sum(random));
  }

  private static String count(RandomGenerator random) {
    int first = random.nextInt(NUMBERS.size() - COUNTED + 1);
    return "Count: " + String.join(" ", NUMBERS.subList(first, first + COUNTED)) + ".";
  }

  private static String sum(RandomGenerator random) {
    int left = 1 + random.nextInt(6);
    int right = 1 + random.nextInt(6);
    return "Add " + number(left) + " and " + number(right) + ": " + number(left + right) + ".";
  }

  private static String number(int value) {
    return NUMBERS.get(value - 1);
  }
}
