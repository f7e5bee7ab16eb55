package dev.piecrust.ask;

/** Makes text that a model wrote fit to be kept, shown and handed on. */
final class CleanText {
  private CleanText() {}

  /**
   * Without control and format characters, other than line breaks and tabs; without lone
   * surrogates; at most so many characters long.
   */
  static String of(String text, int longest) {
    StringBuilder clean = new StringBuilder();
    text.codePoints().filter(CleanText::harmless).forEach(clean::appendCodePoint);
    String stripped = clean.toString().strip();
    if (stripped.length() <= longest) {
      return stripped;
    }
    int end = Character.isHighSurrogate(stripped.charAt(longest - 1)) ? longest - 1 : longest;
    return stripped.substring(0, end).strip();
  }

  private static boolean harmless(int c) {
    int type = Character.getType(c);
    boolean hidden =
        type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE;
    return c == '\n' || c == '\t' || !hidden;
  }
}
