package dev.piecrust.report.chart;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How the points of each method are drawn, as the style sheet of all pages has it. */
final class MethodMarks {
  private static final Pattern RULE =
      Pattern.compile("\\.method-([a-z-]+) \\{[^}]*--mark: (\\w+);");
  private static final double RADIUS = 4;

  private final Map<String, String> marks;

  private MethodMarks(Map<String, String> marks) {
    this.marks = marks;
  }

  /** Reads them from a style sheet. */
  static MethodMarks in(String css) {
    return new MethodMarks(
        RULE.matcher(css)
            .results()
            .collect(
                Collectors.toMap(
                    (MatchResult rule) -> rule.group(1), (MatchResult rule) -> rule.group(2))));
  }

  /** The outline of a method's mark around a point, as the data of an SVG path. */
  String path(String method, double x, double y) {
    double r = RADIUS;
    return switch (marks.getOrDefault(method, "circle")) {
      case "diamond" -> Svg.format("M%s %sl%s %sl%s %sl%s %sz", x, y - r, r, r, -r, r, -r, -r);
      case "triangle" -> Svg.format("M%s %sl%s %sh%sz", x, y - r, r, 2 * r, -2 * r);
      case "rect" -> Svg.format("M%s %sh%sv%sh%sz", x - r, y - r, 2 * r, 2 * r, -2 * r);
      default -> circle(x, y);
    };
  }

  /** The same for what is drawn alike for all methods. */
  static String circle(double x, double y) {
    double r = RADIUS;
    return Svg.format(
        "M%s %sa%s %s 0 1 0 %s 0a%s %s 0 1 0 %s 0z", x - r, y, r, r, 2 * r, r, r, -2 * r);
  }
}
