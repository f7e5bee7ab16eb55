package dev.piecrust.store.database;

import static dev.piecrust.failure.PieCrustException.user;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.piecrust.failure.PieCrustException;
import java.util.Base64;

/**
 * A place in a sorted list: lists go on after a key, so that rows which are added meanwhile shift
 * nothing.
 *
 * @param value what the list is sorted by
 * @param tie tells rows of the same value apart
 */
public record ListKey(String value, long tie) {
  /** As a word for addresses. */
  public String token() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((tie + " " + value).getBytes(UTF_8));
  }

  /** The key of a word from an address; any other word is a user error. */
  public static ListKey parse(String token) {
    try {
      String[] parts = new String(Base64.getUrlDecoder().decode(token), UTF_8).split(" ", 2);
      return new ListKey(parts.length < 2 ? "" : parts[1], Long.parseLong(parts[0]));
    } catch (IllegalArgumentException e) {
      throw user("after is '%s', expected the 'next' of an earlier page", token);
    }
  }

  /** The value as a number. */
  public double number() {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw ofAnotherList();
    }
  }

  /** The tie in a list whose rows are told apart by such a number. */
  public int wholeTie() {
    if (tie != (int) tie) {
      throw ofAnotherList();
    }
    return (int) tie;
  }

  private static PieCrustException ofAnotherList() {
    return user("after is of another list, expected the 'next' of an earlier page of this one");
  }
}
