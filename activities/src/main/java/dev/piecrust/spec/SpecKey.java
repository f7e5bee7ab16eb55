package dev.piecrust.spec;

/**
 * A key of a spec: how it is read, and what the reference says of it.
 *
 * @param name of the key
 * @param value what it may hold
 * @param usual what holds where it is left out, in words
 * @param purpose what it is for
 */
record SpecKey(String name, SpecValue value, String usual, String purpose) {
  static final String REQUIRED = "required";
  static final String NONE = "–";

  static SpecKey whole(String name, long least, long most, Object usual, String purpose) {
    return new SpecKey(name, new SpecValue.Whole(least, most), usual.toString(), purpose);
  }

  /** Without an upper bound but that of an {@code int}. */
  static SpecKey whole(String name, int least, Object usual, String purpose) {
    return whole(name, least, Integer.MAX_VALUE, usual, purpose);
  }

  /** What draws are seeded with. */
  static SpecKey seed(long usual, String purpose) {
    return whole("seed", 0, Long.MAX_VALUE, usual, purpose);
  }

  static SpecKey of(String name, SpecValue value, Object usual, String purpose) {
    return new SpecKey(name, value, usual.toString(), purpose);
  }

  /** A number from 0 to 1. */
  static SpecKey share(String name, Object usual, String purpose) {
    return of(name, SpecValue.Decimal.from(0, 1), usual, purpose);
  }

  static SpecKey choice(String name, YamlChoice<?> names, String usual, String purpose) {
    return of(name, names.value(), usual, purpose);
  }

  static SpecKey truth(String name, Object usual, String purpose) {
    return of(name, new SpecValue.Truth(), usual, purpose);
  }

  static SpecKey text(String name, String expected, String usual, String purpose) {
    return of(name, new SpecValue.Text("", expected), usual, purpose);
  }

  /** A group that may be left out, because each of its keys may. */
  static SpecKey group(String name, String purpose, SpecKey... keys) {
    SpecKeys group = SpecKeys.of(keys);
    return new SpecKey(name, new SpecValue.Group(group, "keys: " + group), NONE, purpose);
  }

  /**
   * A group.
   *
   * @param expected how it looks, for those who left it out
   */
  static SpecKey group(String name, SpecKeys keys, String expected, String usual, String purpose) {
    return new SpecKey(name, new SpecValue.Group(keys, expected), usual, purpose);
  }

  String expected() {
    return value.words();
  }
}
