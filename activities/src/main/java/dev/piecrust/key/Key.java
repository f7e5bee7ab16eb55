package dev.piecrust.key;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a component of a record a key of a spec. What it may hold follows from its type: a number,
 * {@code true} or {@code false}, one of the names of a {@link Labelled} enum, a text, a list of
 * these, or another such record. Only an {@code Optional} one may be left out without a default.
 */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Key {
  /** What it is for, in a sentence or two. */
  String value();

  /**
   * Its name, where it is not the component's in snake case. {@code random.seeds} is a key in a
   * group of its own.
   */
  String name() default "";

  /** What a group is for that its name makes. */
  String group() default "";

  /**
   * Where a number lies, or each of a list: an interval such as {@code [1, 100]} or {@code (0, ∞)},
   * whose round brackets leave their end out.
   */
  String in() default "";

  /** What the number counts, such as {@code nats}. */
  String unit() default "";

  /**
   * A word in a value's place. That of a whole number means no limit, which is the greatest number;
   * that of a truth stands under the key of this name instead of what is else there.
   */
  String word() default "";

  /** What a text or a list must be, where its type does not say enough. */
  String expected() default "";

  /** What a whole text looks like, as a regular expression. */
  String pattern() default "";

  /** A value, as a spec has it. */
  String example() default "";

  /** Whether a spec must have it. */
  boolean required() default false;

  /** The default, as a spec has it; of a record with presets, one of each. */
  String[] usual() default {};

  /** The component whose value holds where it is left out. */
  String as() default "";

  /** The default in words, where these say more. */
  String otherwise() default "";

  /**
   * Whether it is written only where it is not as usual. So must be every key that is younger than
   * a release, since a campaign's id is hashed from what is written of it.
   */
  boolean omitUsual() default false;

  /** Whether it comes before those that are declared before it. */
  boolean first() default false;

  /** Whether the keys of the record are keys of the record that holds it. */
  boolean inline() default false;

  /** Whether it belongs to all of a map's values together, and none has its own. */
  boolean common() default false;

  /** What a text names on a disk. */
  Place place() default Place.NONE;

  /** What a text names. */
  enum Place {
    /** Nothing on a disk. */
    NONE,
    /** A file. */
    FILE,
    /** A folder, or a repository of the hub. */
    FOLDER
  }
}
