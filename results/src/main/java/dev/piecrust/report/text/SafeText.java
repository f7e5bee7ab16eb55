package dev.piecrust.report.text;

import dev.piecrust.text.CleanText;
import java.util.Locale;

/** Texts from outside (descriptions, reasons) made safe for where they are shown. */
public final class SafeText {
  /** The full-width forms too, which some spreadsheets take for the plain ones. */
  private static final String FORMULA_STARTS = "=+-@\t\r\n＝＋－＠";

  /** Letters and signs beyond ASCII for which pdfLaTeX needs nothing more. */
  private static final String KNOWN_TO_LATEX =
      "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿŒœŠšŽž§¶©°÷·—‘’“”€™";

  private SafeText() {}

  /** One line without control characters, at most so long. */
  static String line(String text, int most) {
    return CleanText.line(text, most);
  }

  /** A cell of comma-separated values that no spreadsheet takes for a formula. */
  public static String cell(String text) {
    boolean formula = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
    return (formula ? "'" : "") + CleanText.shown(text);
  }

  /**
   * Plain text within LaTeX; a character that pdfLaTeX does not know without further packages
   * stands as its number, since it would end the whole document.
   */
  public static String latex(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int c : line(text, Integer.MAX_VALUE).codePoints().toArray()) {
      switch (c) {
        case '\\' -> escaped.append("\\textbackslash{}");
        case '~' -> escaped.append("\\textasciitilde{}");
        case '^' -> escaped.append("\\textasciicircum{}");
        case '&', '%', '$', '#', '_', '{', '}' -> escaped.append('\\').appendCodePoint(c);
        case '<', '>', '|' -> escaped.append('$').appendCodePoint(c).append('$');
        case '–' -> escaped.append("--");
        case '−' -> escaped.append("$-$");
        case '±' -> escaped.append("$\\pm$");
        case '≤' -> escaped.append("$\\leq$");
        case '≥' -> escaped.append("$\\geq$");
        case '≈' -> escaped.append("$\\approx$");
        case '×' -> escaped.append("$\\times$");
        case '‖' -> escaped.append("$\\|$");
        case '…' -> escaped.append("\\ldots{}");
        default -> {
          if (c < 128 || KNOWN_TO_LATEX.indexOf(c) >= 0) {
            escaped.appendCodePoint(c);
          } else {
            escaped.append(String.format(Locale.ROOT, "[U+%04X]", c));
          }
        }
      }
    }
    return escaped.toString();
  }

  /** Plain text within Markdown, a cell of a table too. */
  public static String markdown(String text) {
    return line(text, Integer.MAX_VALUE).replaceAll("[\\\\`*_{}\\[\\]<>#|~$&]", "\\\\$0");
  }
}
