package dev.piecrust.ui;

import dev.piecrust.report.chart.HeatMap;
import dev.piecrust.view.Numbers;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A heat map as a table.
 *
 * @param rows of the same labels as the columns
 */
public record Heat(String title, List<String> labels, List<Row> rows) {
  /** One thing against all. */
  public record Row(String label, List<Cell> cells) {}

  /**
   * Two things.
   *
   * @param tone class of the share, which is 0 to 1; empty for none
   */
  public record Cell(String text, String tone) {}

  static Heat of(HeatMap map) {
    return new Heat(
        map.title(),
        map.labels(),
        IntStream.range(0, map.labels().size())
            .mapToObj(
                i ->
                    new Row(
                        map.labels().get(i), map.shares().get(i).stream().map(Heat::cell).toList()))
            .toList());
  }

  private static Cell cell(double share) {
    return Double.isNaN(share)
        ? new Cell(Numbers.MISSING, "")
        : new Cell(Numbers.percent(share), Strength.of(share, 1));
  }
}
