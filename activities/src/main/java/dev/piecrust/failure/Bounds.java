package dev.piecrust.failure;

import static dev.piecrust.failure.PieCrustException.user;

/**
 * Where numbers that users give may lie. A refusal is one sentence with the number's name, the
 * number and the bound, such as {@code prune.batch is 0, expected 1 or more}.
 */
public final class Bounds {
  private Bounds() {}

  /** Refuses less than that. */
  public static void atLeast(String name, long number, long least) {
    require(name, number, number >= least, "%d or more".formatted(least));
  }

  /** Refuses less than the one and more than the other. */
  public static void between(String name, long number, long least, long most) {
    require(name, number, number >= least && number <= most, words(least, most));
  }

  /** Refuses what is no share of a whole: less than 0, more than 1, or no number. */
  public static void share(String name, double number) {
    require(name, number, number >= 0 && number <= 1, "a number from 0 to 1");
  }

  /** Refuses what another check did not pass. */
  public static void require(String name, Object value, boolean fine, String expected) {
    if (!fine) {
      throw user("%s is %s, expected %s", name, value, expected);
    }
  }

  /** Reads a whole number from a text; what is none, or is out of bounds, is refused. */
  public static int whole(String name, String text, int least, int most) {
    try {
      int number = Integer.parseInt(text.strip());
      between(name, number, least, most);
      return number;
    } catch (NumberFormatException e) {
      throw user("%s is '%s', expected %s", name, text, words(least, most));
    }
  }

  /** What is expected, in words. */
  public static String words(long least, long most) {
    return "a whole number from %d to %d".formatted(least, most);
  }
}
