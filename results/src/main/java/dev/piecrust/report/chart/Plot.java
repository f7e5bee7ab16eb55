package dev.piecrust.report.chart;

import java.util.List;

/**
 * Lines over a number.
 *
 * @param logX whether equal factors are at equal distances
 * @param logY likewise; what is 0 is drawn at the lower edge
 */
public record Plot(
    String name,
    String title,
    String xLabel,
    String yLabel,
    boolean logX,
    boolean logY,
    List<Series> series)
    implements Figure {
  public Plot {
    series = List.copyOf(series);
  }

  /**
   * A line.
   *
   * @param steps whether a value holds until the next, and no point is marked
   * @param points by x, ascending
   */
  public record Series(String label, Look look, boolean steps, List<Point> points) {
    public Series {
      points = List.copyOf(points);
    }
  }

  /**
   * A value.
   *
   * @param low lower end of its interval; {@code y} itself where it has none
   * @param high its upper end, likewise
   */
  public record Point(double x, double y, double low, double high) {
    /** One without an interval. */
    public static Point of(double x, double y) {
      return new Point(x, y, y, y);
    }
  }
}
