package dev.piecrust.input;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands in a file, as errors show it: on one line, short, and without control characters. */
public final class Quote {
  /** Longer than any name or number that is worth a look. */
  private static final int LONGEST = 80;

  private Quote() {}

  /** A text, cut where it is long. */
  public static String of(String text) {
    boolean whole = text.codePointCount(0, Math.min(text.length(), 2 * LONGEST)) <= LONGEST;
    String shown = whole ? text : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…";
    return shown
        .codePoints()
        .map(c -> shows(c) ? c : '?')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** A value: a text in quotes, a number as it is, of all that is larger only what it is. */
  public static String value(@Nullable Object value) {
    if (value == null) {
      return "missing";
    }
    if (value instanceof JsonNode json) {
      return json.isContainerNode() ? json.isArray() ? "a list" : "an object" : of(json.toString());
    }
    if (value instanceof Collection<?>) {
      return "a list";
    }
    if (value instanceof Map<?, ?>) {
      return "a group of keys";
    }
    return value instanceof String text ? "'" + of(text) + "'" : of(String.valueOf(value));
  }

  private static boolean shows(int c) {
    int type = Character.getType(c);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.SURROGATE
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR;
  }
}
