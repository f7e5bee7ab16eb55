package dev.piecrust.report.chart;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Figures for LaTeX, drawn there from their numbers. */
public final class Pgfplots {
  private static final Map<String, String> MARKS =
      Map.of("circle", "*", "rect", "square*", "triangle", "triangle*", "diamond", "diamond*");

  private Pgfplots() {}

  /** A {@code tikzpicture}, to be put between {@code figure}'s begin and end. */
  public static String of(Figure figure) {
    return "%% %s\n%% Needs \\usepackage{pgfplots} and \\pgfplotsset{compat=1.17}.\n"
            .formatted(figure.title().replaceAll("\\R", " "))
        + "\\begin{tikzpicture}\n"
        + (figure instanceof HeatMap map ? heatMap(map) : plot((Plot) figure))
        + "\\end{tikzpicture}\n";
  }

  private static String plot(Plot plot) {
    StringBuilder colors = new StringBuilder();
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < plot.series().size(); i++) {
      Plot.Series series = plot.series().get(i);
      Look look = series.look();
      List<Plot.Point> points =
          series.points().stream().filter(point -> !plot.logY() || point.y() > 0).toList();
      if (points.isEmpty()) {
        continue;
      }
      colors.append(
          "\\definecolor{piecrust%d}{HTML}{%s}\n".formatted(i, look.color().substring(1)));
      lines.append(
          "\\addplot[color=piecrust%d, %s, %s, error bars/.cd, y dir=both, y explicit] coordinates {\n"
              .formatted(
                  i,
                  look.dash().isEmpty() ? "solid" : "dashed",
                  series.steps() ? "const plot" : "mark=" + MARKS.get(look.mark())));
      points.forEach(point -> lines.append(coordinate(point, plot.logY())));
      lines.append("};\n\\addlegendentry{%s}\n".formatted(escaped(series.label())));
    }
    return colors
        + "\\begin{axis}[xlabel={%s}, ylabel={%s}, xmode=%s, ymode=%s, legend pos=outer north east]\n"
            .formatted(
                escaped(plot.xLabel()),
                escaped(plot.yLabel()),
                plot.logX() ? "log" : "linear",
                plot.logY() ? "log" : "linear")
        + lines
        + "\\end{axis}\n";
  }

  /** On a logarithmic axis an interval ends above 0. */
  private static String coordinate(Plot.Point point, boolean log) {
    double most = log ? 0.999 * point.y() : Double.MAX_VALUE;
    return String.format(
        Locale.ROOT,
        "(%.6g,%.6g) += (0,%.6g) -= (0,%.6g)\n",
        point.x(),
        point.y(),
        Math.max(0, point.high() - point.y()),
        Math.min(most, Math.max(0, point.y() - point.low())));
  }

  private static String heatMap(HeatMap map) {
    int n = map.labels().size();
    String labels = map.labels().stream().map(Pgfplots::escaped).collect(Collectors.joining(","));
    StringBuilder tex = new StringBuilder();
    tex.append(
        ("\\begin{axis}[colormap={blue}{color=(white) color=(blue!60!black)}, colorbar,"
                + " point meta min=0, point meta max=1, y dir=reverse, enlargelimits=false,"
                + " xtick={0,...,%d}, ytick={0,...,%d}, xticklabels={%s}, yticklabels={%s},"
                + " xticklabel style={rotate=90}]\n")
            .formatted(n - 1, n - 1, labels, labels));
    tex.append(
        "\\addplot[matrix plot*, mesh/cols=%d, point meta=explicit] coordinates {\n".formatted(n));
    for (int row = 0; row < n; row++) {
      for (int column = 0; column < n; column++) {
        double share = map.shares().get(row).get(column);
        tex.append(
            "(%d,%d) [%s]\n"
                .formatted(
                    column,
                    row,
                    Double.isNaN(share) ? "nan" : String.format(Locale.ROOT, "%.4f", share)));
      }
    }
    return tex.append("};\n\\end{axis}\n").toString();
  }

  private static String escaped(String text) {
    return text.replace("\\", "/")
        .replaceAll("([#$%&_{}])", "\\\\$1")
        .replace("^", "")
        .replace("~", " ");
  }
}
