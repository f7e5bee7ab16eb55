package dev.piecrust.key;

import java.util.List;

/** What a key of a spec may hold. */
public sealed interface SpecValue {
  /** What is expected, as error messages and the reference say it. */
  String words();

  /** A whole number between two bounds, both of them allowed. */
  record Whole(long least, long most) implements SpecValue {
    /** Whether a number is one of them. */
    public boolean allows(long value) {
      return value >= least && value <= most;
    }

    @Override
    public String words() {
      return "a whole number from %d to %d".formatted(least, most);
    }
  }

  /**
   * A finite number within bounds.
   *
   * @param least infinite where there is none
   * @param above whether it must be more than the least
   * @param most infinite where there is none
   * @param below whether it must be less than the most
   * @param unit such as {@code nats}, or nothing
   */
  record Decimal(double least, boolean above, double most, boolean below, String unit)
      implements SpecValue {
    /** Whether a number is one of them. */
    public boolean allows(double value) {
      return Double.isFinite(value)
          && (above ? value > least : value >= least)
          && (below ? value < most : value <= most);
    }

    @Override
    public String words() {
      return "a number" + range() + (unit.isEmpty() ? "" : ", in " + unit);
    }

    private String range() {
      if (Double.isInfinite(most)) {
        return Double.isInfinite(least)
            ? ""
            : above ? " above " + plain(least) : " of " + plain(least) + " or more";
      }
      if (above) {
        String format = below ? " between %s and %s" : " above %s and at most %s";
        return format.formatted(plain(least), plain(most));
      }
      return " from %s to %s".formatted(plain(least), (below ? "less than " : "") + plain(most));
    }

    private static String plain(double value) {
      return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
  }

  /** One of a few names. */
  record Choice(List<String> names) implements SpecValue {
    @Override
    public String words() {
      return "one of " + String.join(", ", names);
    }
  }

  /** {@code true} or {@code false}. */
  record Truth() implements SpecValue {
    @Override
    public String words() {
      return "true or false";
    }
  }

  /**
   * A word or a line of text.
   *
   * @param pattern of the whole text, or nothing where the part it belongs to looks closer
   */
  record Text(String pattern, String words) implements SpecValue {}

  /** A list of one value or more. */
  record Items(SpecValue each, String words) implements SpecValue {}

  /** A whole number, or a word in its place. */
  record WholeOr(Whole whole, String word) implements SpecValue {
    @Override
    public String words() {
      return whole.words() + ", or " + word;
    }
  }

  /** A map with keys of its own, which the part it belongs to reads. */
  record Free(String words) implements SpecValue {}

  /**
   * A group of keys.
   *
   * @param told whether the reference tells of these keys elsewhere
   * @param instead a word that may stand in its place, or nothing
   */
  record Group(SpecKeys keys, String words, boolean told, String instead) implements SpecValue {}

  /** A list of groups of keys. */
  record Groups(SpecKeys keys, String words) implements SpecValue {}
}
