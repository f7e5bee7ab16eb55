package dev.piecrust.input;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.text.CleanText;
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
    return CleanText.line(text.substring(0, Math.min(text.length(), 4 * LONGEST)), LONGEST);
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
}
