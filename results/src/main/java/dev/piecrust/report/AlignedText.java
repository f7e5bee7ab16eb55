package dev.piecrust.report;

import java.util.ArrayList;
import java.util.List;

/** Sets cells in columns: the first to the left, the others to the right, two spaces apart. */
final class AlignedText {
  private AlignedText() {}

  static List<String> of(List<List<String>> rows) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int c = 0; c < columns; c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(row.get(0));
      line.append(" ".repeat(widths[0] - row.get(0).length()));
      for (int c = 1; c < columns; c++) {
        line.append(" ".repeat(2 + widths[c] - row.get(c).length())).append(row.get(c));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
