package dev.piecrust.report.chart;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** The axes of a chart, budgets by KL, both logarithmic; and where they put a point. */
final class ChartFrame {
  static final double WIDTH = 480;
  static final double HEIGHT = 320;
  private static final double LEFT = 50;
  private static final double RIGHT = 468;
  private static final double TOP = 22;
  private static final double BOTTOM = 276;

  /** Below six decades pruning costs nothing. */
  private static final double RANGE = 1e6;

  /** Room beside the outermost budgets. */
  private static final double MARGIN = 1.1;

  /** Narrower than this, the labels of two budgets touch. */
  private static final double LABEL = 30;

  private final TreeSet<Integer> budgets;
  private final LogAxis x;
  private final LogAxis y;

  /**
   * @param points one or more, of which one or more have a KL above 0
   */
  ChartFrame(List<Line.Point> points) {
    this.budgets =
        points.stream().map(Line.Point::budget).collect(Collectors.toCollection(TreeSet::new));
    double most = points.stream().mapToDouble(Line.Point::kl).max().orElseThrow();
    DoubleStream above = points.stream().mapToDouble(Line.Point::kl).filter(kl -> kl > 0);
    double least = Math.max(above.min().orElseThrow(), most / RANGE);
    this.x = new LogAxis(budgets.first() / MARGIN, budgets.last() * MARGIN, LEFT, RIGHT);
    this.y =
        new LogAxis(
            Math.pow(10, Math.floor(Math.log10(least))),
            Math.pow(10, Math.floor(Math.log10(most)) + 1),
            BOTTOM,
            TOP);
  }

  double[] at(int budget, double kl) {
    return new double[] {x.at(budget), y.at(kl)};
  }

  void draw(Svg svg) {
    for (double decade : y.decades()) {
      double at = y.at(decade);
      svg.add("<path class=\"grid\" d=\"M%s %sH%s\"/>", LEFT, at, RIGHT);
      svg.add(
          "<text class=\"tick end\" x=\"%s\" y=\"%s\">%s</text>", LEFT - 6, at + 4, label(decade));
    }
    double free = LEFT;
    for (int budget : budgets) {
      double at = x.at(budget);
      svg.add("<path class=\"grid\" d=\"M%s %sv4\"/>", at, BOTTOM);
      if (at >= free) {
        svg.add("<text class=\"tick\" x=\"%s\" y=\"%s\">%s</text>", at, BOTTOM + 18, budget);
        free = at + LABEL;
      }
    }
    svg.add("<text class=\"tick start\" x=\"2\" y=\"12\">KL (nats)</text>");
    svg.add(
        "<text class=\"tick\" x=\"%s\" y=\"%s\">kept occurrences K</text>",
        (LEFT + RIGHT) / 2, HEIGHT - 6);
  }

  private static String label(double decade) {
    if (decade < 0.001) {
      return "1e" + Math.round(Math.log10(decade));
    }
    return decade < 1 ? Double.toString(decade) : Long.toString(Math.round(decade));
  }
}
