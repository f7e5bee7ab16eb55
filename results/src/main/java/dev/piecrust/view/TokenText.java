package dev.piecrust.view;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A token as people can read it: white space, control characters and parts of characters stand as
 * marks.
 */
public final class TokenText {
  /** A byte that is no character by itself, as vocabularies write it. */
  private static final Pattern BYTE = Pattern.compile("<0x[0-9A-Fa-f]{2}>");

  private TokenText() {}

  /**
   * A part of a token.
   *
   * @param mark whether it stands for something that cannot be seen
   */
  public record Piece(String text, boolean mark) {}

  /** The parts of a token, in order. */
  public static List<Piece> pieces(String token) {
    if (BYTE.matcher(token).matches()) {
      return List.of(new Piece(token, true));
    }
    List<Piece> pieces = new ArrayList<>();
    StringBuilder plain = new StringBuilder();
    token
        .codePoints()
        .forEach(
            c -> {
              String mark = mark(c);
              if (mark.isEmpty()) {
                plain.appendCodePoint(c);
              } else {
                flush(plain, pieces);
                pieces.add(new Piece(mark, true));
              }
            });
    flush(plain, pieces);
    return pieces;
  }

  /** A longer text in one piece, with its spaces as they are. */
  public static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              String mark = c == ' ' ? "" : mark(c);
              if (mark.isEmpty()) {
                shown.appendCodePoint(c);
              } else {
                shown.append(mark);
              }
            });
    return shown.toString();
  }

  private static void flush(StringBuilder plain, List<Piece> pieces) {
    if (!plain.isEmpty()) {
      pieces.add(new Piece(plain.toString(), false));
      plain.setLength(0);
    }
  }

  private static String mark(int c) {
    return switch (c) {
      case ' ' -> "·";
      case '\n' -> "⏎";
      case '\t' -> "⇥";
      case '\r' -> "␍";
      default -> isHidden(c) ? String.format("U+%04X", c) : "";
    };
  }

  /** Controls, and what turns the direction of text or takes no room, would mislead. */
  private static boolean isHidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }
}
