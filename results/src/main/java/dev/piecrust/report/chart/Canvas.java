package dev.piecrust.report.chart;

import java.util.List;

/** What can be drawn on; x to the right and y down, in points. */
interface Canvas {
  /** Where a text has its place. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  void line(List<double[]> points, String color, double width, List<Double> dash);

  void area(List<double[]> outline, String color, double opacity);

  /** A text of 10 points, its base line at y. */
  void text(String text, double x, double y, Anchor anchor, String color);

  /** A text as it runs upwards, its middle at y. */
  void upwards(String text, double x, double y, String color);
}
