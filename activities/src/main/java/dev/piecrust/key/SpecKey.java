package dev.piecrust.key;

import java.util.List;
import java.util.Optional;

/**
 * A key of a spec, as everything that reads, writes or describes specs sees it.
 *
 * @param name of the key
 * @param value what it may hold
 * @param usual what holds where it is left out, in words
 * @param purpose what it is for
 * @param standard the value that holds where it is left out, if that is always the same
 * @param example a value of it as YAML, or nothing
 * @param fields where forms have it
 */
public record SpecKey(
    String name,
    SpecValue value,
    String usual,
    String purpose,
    Optional<Object> standard,
    String example,
    List<FormField> fields) {
  /** The {@code usual} of a key that must be there. */
  public static final String REQUIRED = "required";

  /** The {@code usual} of a key in whose place nothing holds. */
  public static final String NONE = "–";

  /** What it may hold, in words. */
  public String expected() {
    return value.words();
  }

  /** Whether a spec must have it. */
  public boolean required() {
    return usual.equals(REQUIRED);
  }

  /** The same key under a name, as a map's value has it, where another's value is the default. */
  SpecKey inheriting(String words) {
    return new SpecKey(name, value, words, purpose, Optional.empty(), example, fields);
  }
}
