package dev.piecrust.report.chart;

import dev.piecrust.activity.TrainProgress;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** How a training goes: what is unexplained, and how many features act, against the step. */
public final class TrainingChart {
  private static final double WIDTH = 300;
  private static final double HEIGHT = 110;
  private static final double TOP = 18;

  private TrainingChart() {}

  /** The pictures, one after the other; empty before two parts are done. */
  public static String draw(List<TrainProgress> parts) {
    if (parts.size() < 2) {
      return "";
    }
    return curve("unexplained", " %", parts, part -> 100 * part.unexplained())
        + curve("active features a token and layer", "", parts, TrainProgress::active)
        + curve("dead features", " %", parts, part -> 100 * part.dead());
  }

  private static String curve(
      String name, String unit, List<TrainProgress> parts, ToDoubleFunction<TrainProgress> value) {
    double most = Math.max(1e-9, parts.stream().mapToDouble(value).max().orElseThrow());
    double steps = parts.get(parts.size() - 1).steps();
    List<double[]> points =
        parts.stream()
            .map(
                part ->
                    new double[] {
                      WIDTH * part.step() / steps,
                      HEIGHT - (HEIGHT - TOP) * value.applyAsDouble(part) / most
                    })
            .toList();
    double last = value.applyAsDouble(parts.get(parts.size() - 1));
    String title =
        String.format(Locale.ROOT, "%s: %.2f%s, at most %.2f%s", name, last, unit, most, unit);
    return new Svg()
        .add(
            "<svg viewBox=\"0 0 %s %s\" width=\"%s\" role=\"img\"><title>%s</title>",
            WIDTH, HEIGHT + 4, WIDTH, title)
        .add("<text x=\"0\" y=\"11\" font-size=\"11\" fill=\"currentColor\">%s</text>", title)
        .add(
            "<path d=\"M0 %sL%s %s\" stroke=\"currentColor\" stroke-opacity=\"0.3\" fill=\"none\"/>",
            HEIGHT, WIDTH, HEIGHT)
        .add(
            "<path d=\"%s\" stroke=\"currentColor\" stroke-width=\"1.5\" fill=\"none\"/></svg>",
            Svg.line(points))
        .toString();
  }
}
