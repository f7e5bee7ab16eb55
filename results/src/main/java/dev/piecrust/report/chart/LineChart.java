package dev.piecrust.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * KL against budget: a line with a band for each method, and rings for published figures. Colours
 * come from the classes {@code method method-NAME} of the style sheet around it.
 */
public final class LineChart {
  private final MethodMarks marks;

  /**
   * @param css where {@code --mark} says how a method's points are drawn
   */
  public LineChart(String css) {
    this.marks = MethodMarks.in(css);
  }

  /** The picture; absent where no point has a KL above 0. */
  public Optional<String> draw(String title, List<Line> lines) {
    List<Line.Point> points = lines.stream().flatMap(line -> line.points().stream()).toList();
    if (points.stream().noneMatch(point -> point.kl() > 0)) {
      return Optional.empty();
    }
    ChartFrame frame = new ChartFrame(points);
    Svg svg = new Svg();
    svg.add(
        "<svg class=\"chart\" viewBox=\"0 0 %s %s\" role=\"img\">",
        ChartFrame.WIDTH, ChartFrame.HEIGHT);
    svg.add("<title>%s</title>", title);
    frame.draw(svg);
    lines.forEach(line -> draw(line, frame, svg));
    return Optional.of(svg.add("</svg>").toString());
  }

  /** A method's mark by itself, in a box of 34 by 16, for a legend. */
  public String sample(String method) {
    return marks.path(method, 17, 8);
  }

  private void draw(Line line, ChartFrame frame, Svg svg) {
    svg.add("<g class=\"method method-%s\">", line.method());
    if (!line.published()) {
      List<double[]> band = new ArrayList<>();
      line.points().forEach(point -> band.add(frame.at(point.budget(), point.high())));
      line.points().forEach(point -> band.add(0, frame.at(point.budget(), point.low())));
      svg.add("<path class=\"band\" d=\"%sz\"/>", Svg.line(band));
      List<double[]> means =
          line.points().stream().map(point -> frame.at(point.budget(), point.kl())).toList();
      svg.add("<path class=\"line\" d=\"%s\"/>", Svg.line(means));
    }
    for (Line.Point point : line.points()) {
      double[] at = frame.at(point.budget(), point.kl());
      svg.add(
          "<path class=\"%s\" d=\"%s\"><title>%s</title></path>",
          line.published() ? "ring" : "mark",
          line.published()
              ? MethodMarks.circle(at[0], at[1])
              : marks.path(line.method(), at[0], at[1]),
          point.words());
    }
    svg.add("</g>");
  }
}
