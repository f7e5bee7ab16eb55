package dev.piecrust.text;

/**
 * Takes out of text what a reader cannot see but a terminal, a browser or a log obeys: control
 * characters (escape sequences), format characters (reversed direction, zero width), line and
 * paragraph separators, and lone surrogates. Line feeds and tabs are text.
 */
public final class CleanText {
  /** Stands where something was taken out, so that nobody takes the text for what it is not. */
  private static final int INSTEAD = 0xFFFD;

  private CleanText() {}

  /** Without what is hidden and without space around it; at most so many characters long. */
  public static String of(String text, int longest) {
    StringBuilder clean = new StringBuilder();
    text.codePoints().filter(c -> !hidden(c)).forEach(clean::appendCodePoint);
    String stripped = clean.toString().strip();
    if (stripped.length() <= longest) {
      return stripped;
    }
    int end = Character.isHighSurrogate(stripped.charAt(longest - 1)) ? longest - 1 : longest;
    return stripped.substring(0, end).strip();
  }

  /** The same text with a mark in place of each hidden character. */
  public static String shown(String text) {
    if (text.codePoints().noneMatch(CleanText::hidden)) {
      return text;
    }
    StringBuilder clean = new StringBuilder();
    text.codePoints().map(c -> hidden(c) ? INSTEAD : c).forEach(clean::appendCodePoint);
    return clean.toString();
  }

  /** One line of at most so many characters, an ellipsis for what is left out among them. */
  public static String line(String text, int most) {
    String flat = shown(text.replaceAll("(?U)\\s+", " ")).strip();
    return flat.codePointCount(0, flat.length()) <= most
        ? flat
        : flat.substring(0, flat.offsetByCodePoints(0, most - 1)) + "…";
  }

  /** JSON of the same meaning, in which hidden characters are written as escapes. */
  public static String json(String json) {
    if (json.codePoints().noneMatch(CleanText::hidden)) {
      return json;
    }
    StringBuilder escaped = new StringBuilder();
    json.codePoints()
        .forEach(
            c -> {
              if (!hidden(c)) {
                escaped.appendCodePoint(c);
                return;
              }
              for (char unit : Character.toChars(c)) {
                escaped.append("\\u%04x".formatted((int) unit));
              }
            });
    return escaped.toString();
  }

  private static boolean hidden(int c) {
    if (c == '\n' || c == '\t') {
      return false;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
