package dev.piecrust.report.chart;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A picture as SVG that needs no style sheet. */
final class SvgCanvas implements Canvas {
  private final Svg svg = new Svg();

  SvgCanvas(String title, double width, double height) {
    svg.add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %s %s\" width=\"%s\" height=\"%s\""
            + " font-family=\"Helvetica, Arial, sans-serif\" font-size=\"10\" role=\"img\">",
        width, height, width, height);
    svg.add("<title>%s</title>", title);
    svg.add("<rect width=\"%s\" height=\"%s\" fill=\"#ffffff\"/>", width, height);
  }

  @Override
  public void line(List<double[]> points, String color, double width, List<Double> dash) {
    svg.add(
        "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\" stroke-dasharray=\"%s\"/>",
        Svg.line(points),
        color,
        width,
        dash.isEmpty()
            ? "none"
            : dash.stream().map(String::valueOf).collect(Collectors.joining(" ")));
  }

  @Override
  public void area(List<double[]> outline, String color, double opacity) {
    svg.add("<path d=\"%sz\" fill=\"%s\" fill-opacity=\"%s\"/>", Svg.line(outline), color, opacity);
  }

  @Override
  public void text(String text, double x, double y, Anchor anchor, String color) {
    svg.add(
        "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" fill=\"%s\">%s</text>",
        x, y, anchor.name().toLowerCase(Locale.ROOT), color, text);
  }

  @Override
  public void upwards(String text, double x, double y, String color) {
    svg.add(
        "<text transform=\"translate(%s %s) rotate(-90)\" text-anchor=\"middle\" fill=\"%s\">%s</text>",
        x, y, color, text);
  }

  @Override
  public String toString() {
    return svg + "</svg>\n";
  }
}
