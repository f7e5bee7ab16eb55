package dev.piecrust.report.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Sets cells in columns, two spaces apart: the first to the left, the others to the right, numbers
 * with their decimal points one below the other.
 */
public final class AlignedText {
  private static final Pattern NUMBER = Pattern.compile("\\(?[±<>≥≤≈+-]?\\d[\\d.,e–<>()*+-]*");
  private static final Pattern FILLER = Pattern.compile("[–%]?");
  private static final Pattern POINT = Pattern.compile("(?<=\\d)[.e]");

  private AlignedText() {}

  /**
   * The rows as lines.
   *
   * @param rows of the same number of cells; the first has the titles
   */
  public static List<String> of(List<List<String>> rows) {
    List<List<String>> columns = new ArrayList<>();
    for (int c = 0; c < rows.get(0).size(); c++) {
      columns.add(column(rows, c));
    }
    List<String> lines = new ArrayList<>();
    for (int r = 0; r < rows.size(); r++) {
      StringBuilder line = new StringBuilder();
      for (List<String> column : columns) {
        line.append(line.isEmpty() ? "" : "  ").append(column.get(r));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  /** The rows as lines, with every column to the left: for words. */
  public static List<String> left(List<List<String>> rows) {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < row.size(); c++) {
        int column = c;
        int width = rows.stream().mapToInt(other -> width(other.get(column))).max().orElse(0);
        line.append(row.get(c)).append(" ".repeat(width - width(row.get(c)) + 2));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  /**
   * A sentence as lines; a number stays with its percent sign.
   *
   * @param width of a line, in characters, which one long word may exceed
   */
  public static List<String> broken(String sentence, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : sentence.split(" (?!%)")) {
      if (!line.isEmpty() && (long) line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private static List<String> column(List<List<String>> rows, int c) {
    List<String> cells = new ArrayList<>(rows.stream().map(row -> row.get(c)).toList());
    List<String> values = cells.subList(1, cells.size());
    if (c > 0 && values.stream().allMatch(AlignedText::isNumeric)) {
      List<String> pointed = pointed(values);
      for (int i = 0; i < pointed.size(); i++) {
        values.set(i, FILLER.matcher(values.get(i)).matches() ? values.get(i) : pointed.get(i));
      }
    }
    int width = cells.stream().mapToInt(AlignedText::width).max().orElse(0);
    return cells.stream()
        .map(
            cell -> {
              String space = " ".repeat(width - width(cell));
              return c == 0 ? cell + space : space + cell;
            })
        .toList();
  }

  private static boolean isNumeric(String cell) {
    for (String part : cell.split(" ")) {
      if (!NUMBER.matcher(part).matches() && !FILLER.matcher(part).matches()) {
        return false;
      }
    }
    return true;
  }

  /** Each part of the cells in a column of its own, with what follows the point to its right. */
  private static List<String> pointed(List<String> cells) {
    List<String[]> split = cells.stream().map(cell -> cell.split(" ")).toList();
    int parts = split.stream().mapToInt(cell -> cell.length).max().orElse(0);
    List<StringBuilder> lines = cells.stream().map(cell -> new StringBuilder()).toList();
    for (int p = 0; p < parts; p++) {
      int at = p;
      List<String> part = split.stream().map(cell -> at < cell.length ? cell[at] : "").toList();
      int left = part.stream().mapToInt(AlignedText::point).max().orElse(0);
      int right = part.stream().mapToInt(text -> text.length() - point(text)).max().orElse(0);
      for (int r = 0; r < part.size(); r++) {
        String text = part.get(r);
        int point = point(text);
        lines
            .get(r)
            .append(p == 0 ? "" : " ")
            .append(" ".repeat(left - point))
            .append(text)
            .append(" ".repeat(right - (text.length() - point)));
      }
    }
    return lines.stream().map(StringBuilder::toString).toList();
  }

  /** Where the first number's fraction begins; the end of what has none. */
  private static int point(String part) {
    var matcher = POINT.matcher(part);
    return matcher.find() ? matcher.start() : part.length();
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
