package dev.piecrust.report.text;

import java.util.ArrayList;
import java.util.List;

/**
 * A table as papers print them, apart from how it is written down.
 *
 * @param name letters, digits and dashes, by which a text may refer to it
 * @param caption one sentence or a few
 * @param rows of as many cells as there are columns
 */
public record PaperTable(String name, String caption, List<Column> columns, List<List<Cell>> rows) {
  public PaperTable {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** How a column is set. */
  public enum Kind {
    /** To the left, on one line. */
    NAME,
    /** To the right. */
    FIGURE,
    /** To the left, on as many lines as it takes. */
    TEXT
  }

  public record Column(String title, Kind kind) {}

  /**
   * @param beside what follows the figure after a space, such as its deviation in brackets; may be
   *     empty
   * @param best whether the figure is the best of its kind, and stands out
   */
  public record Cell(String figure, String beside, boolean best) {
    static Cell of(String text) {
      return new Cell(text, "", false);
    }

    static Cell missing() {
      return of(Figures.MISSING);
    }
  }

  /** A name first, and then figures. */
  static List<Column> columns(List<String> titles) {
    List<Column> columns = new ArrayList<>();
    for (String title : titles) {
      columns.add(new Column(title, columns.isEmpty() ? Kind.NAME : Kind.FIGURE));
    }
    return columns;
  }

  /** A table none of whose cells stands out. */
  static PaperTable plain(
      String name, String caption, List<String> titles, List<List<String>> rows) {
    return new PaperTable(
        name,
        caption,
        columns(titles),
        rows.stream().map(row -> row.stream().map(Cell::of).toList()).toList());
  }
}
