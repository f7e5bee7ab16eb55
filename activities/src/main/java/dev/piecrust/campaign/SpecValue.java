package dev.piecrust.campaign;

import java.util.function.DoublePredicate;

/** What a key of a spec may hold. */
sealed interface SpecValue {
  /** What is expected, as error messages and the reference say it. */
  String words();

  /** A whole number between two bounds, both of them allowed. */
  record Whole(long least, long most) implements SpecValue {
    boolean allows(long value) {
      return value >= least && value <= most;
    }

    @Override
    public String words() {
      return "a whole number from %d to %d".formatted(least, most);
    }
  }

  /** A finite number that passes a check. */
  record Decimal(DoublePredicate check, String words) implements SpecValue {}

  /** Anything else, which the part it belongs to reads. */
  record Other(String words) implements SpecValue {}

  /**
   * A group of keys.
   *
   * @param told whether the reference tells of these keys elsewhere
   */
  record Group(SpecKeys keys, String words, boolean told) implements SpecValue {
    Group(SpecKeys keys, String words) {
      this(keys, words, false);
    }
  }

  /** A list of groups of keys. */
  record Groups(SpecKeys keys, String words) implements SpecValue {}
}
