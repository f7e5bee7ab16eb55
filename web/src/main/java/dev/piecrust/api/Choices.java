package dev.piecrust.api;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.campaign.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Words that a query parameter may be. */
public final class Choices {
  private Choices() {}

  /** Whether a parameter is the first of two words; what is neither is a user error. */
  public static boolean between(String name, String value, String yes, String no) {
    if (!value.equals(yes) && !value.equals(no)) {
      throw user("%s is '%s', expected '%s' or '%s'", name, value, yes, no);
    }
    return value.equals(yes);
  }

  /** The value of this label; what is no value's is a user error. */
  public static <T> T oneOf(String name, String word, T[] values, Function<T, String> label) {
    return Arrays.stream(values)
        .filter(value -> label.apply(value).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                user(
                    "%s is '%s', expected one of %s",
                    name,
                    word,
                    Arrays.stream(values).map(label).collect(Collectors.joining(", "))));
  }

  /** A number of kept occurrences, if one is given; less than one is a user error. */
  static Optional<Integer> budget(Optional<Integer> budget) {
    budget
        .filter(wanted -> wanted < 1)
        .ifPresent(
            wanted -> {
              throw user("budget is %d, expected 1 or more", wanted);
            });
    return budget;
  }

  /** The label of a method, if one is given that is known. */
  static Optional<String> method(Optional<String> label) {
    return label.map(word -> oneOf("method", word, Method.values(), Method::label).label());
  }
}
