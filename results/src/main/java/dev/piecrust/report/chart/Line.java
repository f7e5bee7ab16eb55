package dev.piecrust.report.chart;

import java.util.List;

/**
 * What a chart shows of one method.
 *
 * @param published whether these are somebody else's figures: rings without a line
 * @param points by budget, ascending
 */
public record Line(String method, boolean published, List<Point> points) {
  public Line {
    points = List.copyOf(points);
  }

  /**
   * A mean.
   *
   * @param kl in nats
   * @param low lower end of its interval; {@code kl} itself where it has none
   * @param high its upper end, likewise
   * @param words what is said of the point when it is pointed at
   */
  public record Point(int budget, double kl, double low, double high, String words) {}
}
