package dev.piecrust.report;

import dev.piecrust.text.CleanText;

/** Texts from outside (descriptions, reasons) made safe for where they are shown. */
public final class SafeText {
  /** The full-width forms too, which some spreadsheets take for the plain ones. */
  private static final String FORMULA_STARTS = "=+-@\t\r\n＝＋－＠";

  private SafeText() {}

  /** One line without control characters, at most so long. */
  static String line(String text, int most) {
    return CleanText.line(text, most);
  }

  /** A cell of comma-separated values that no spreadsheet takes for a formula. */
  static String cell(String text) {
    boolean formula = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
    return (formula ? "'" : "") + CleanText.shown(text);
  }

  /** Plain text within LaTeX. */
  static String latex(String text) {
    StringBuilder escaped = new StringBuilder();
    for (char c : line(text, Integer.MAX_VALUE).toCharArray()) {
      switch (c) {
        case '\\' -> escaped.append("\\textbackslash{}");
        case '~' -> escaped.append("\\textasciitilde{}");
        case '^' -> escaped.append("\\textasciicircum{}");
        case '&', '%', '$', '#', '_', '{', '}' -> escaped.append('\\').append(c);
        case '<', '>', '|' -> escaped.append('$').append(c).append('$');
        case '–' -> escaped.append("--");
        case '±' -> escaped.append("$\\pm$");
        case '×' -> escaped.append("$\\times$");
        case '‖' -> escaped.append("$\\|$");
        case '…' -> escaped.append("\\ldots{}");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }

  /** Plain text within Markdown, a cell of a table too. */
  static String markdown(String text) {
    return line(text, Integer.MAX_VALUE).replaceAll("[\\\\`*_{}\\[\\]<>#|~$&]", "\\\\$0");
  }
}
