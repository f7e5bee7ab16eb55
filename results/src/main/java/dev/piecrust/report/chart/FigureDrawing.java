package dev.piecrust.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Draws figures: axes, lines with their intervals, marks and a legend; or cells. */
public final class FigureDrawing {
  private static final double WIDTH = 420;
  private static final double LEFT = 54;
  private static final double RIGHT = 408;
  private static final double TOP = 14;
  private static final double BOTTOM = 250;
  private static final double LEGEND = 300;
  private static final double ROW = 15;
  private static final double CELL = 34;
  private static final double MARK = 3;
  private static final String INK = "#333333";
  private static final String RULE = "#d0d0d0";

  /** Below six decades nothing is told apart. */
  private static final double RANGE = 1e6;

  /** Narrower than this, two labels touch. */
  private static final double LABEL = 30;

  private FigureDrawing() {}

  /** As SVG. */
  public static String svg(Figure figure) {
    double[] size = size(figure);
    SvgCanvas canvas = new SvgCanvas(figure.title(), size[0], size[1]);
    draw(figure, canvas);
    return canvas.toString();
  }

  /** As PDF. */
  public static byte[] pdf(Figure figure) {
    double[] size = size(figure);
    PdfCanvas canvas = new PdfCanvas(figure.title(), size[0], size[1]);
    draw(figure, canvas);
    return canvas.bytes();
  }

  private static double[] size(Figure figure) {
    if (figure instanceof HeatMap map) {
      double side = CELL * map.labels().size();
      return new double[] {left(map) + side + 10, TOP + side + left(map)};
    }
    int entries = ((Plot) figure).series().size();
    int perRow = perRow((Plot) figure);
    int rows = (entries + perRow - 1) / perRow;
    return new double[] {WIDTH, LEGEND + ROW * rows};
  }

  private static void draw(Figure figure, Canvas canvas) {
    if (figure instanceof HeatMap map) {
      draw(map, canvas);
    } else {
      draw((Plot) figure, canvas);
    }
  }

  private static double left(HeatMap map) {
    return 14 + 5.6 * map.labels().stream().mapToInt(String::length).max().orElse(0);
  }

  private static void draw(HeatMap map, Canvas canvas) {
    double left = left(map);
    int n = map.labels().size();
    for (int row = 0; row < n; row++) {
      double y = TOP + CELL * row;
      canvas.text(map.labels().get(row), left - 6, y + CELL / 2 + 3, Canvas.Anchor.END, INK);
      double length = 5.6 * map.labels().get(row).length();
      canvas.upwards(
          map.labels().get(row),
          left + CELL * row + CELL / 2 + 3,
          TOP + CELL * n + 6 + length / 2,
          INK);
      for (int column = 0; column < n; column++) {
        double share = map.shares().get(row).get(column);
        if (!Double.isNaN(share)) {
          double x = left + CELL * column;
          canvas.area(box(x, y, CELL - 1, CELL - 1), shade(share), 1);
          canvas.text(
              String.format(Locale.ROOT, "%.2f", share),
              x + CELL / 2,
              y + CELL / 2 + 3,
              Canvas.Anchor.MIDDLE,
              share > 0.5 ? "#ffffff" : "#222222");
        }
      }
    }
  }

  /** From white to a dark blue. */
  private static String shade(double share) {
    double s = Math.min(1, Math.max(0, share));
    return String.format(
        Locale.ROOT,
        "#%02x%02x%02x",
        Math.round(255 - s * 255),
        Math.round(255 - s * 170),
        Math.round(255 - s * 105));
  }

  private static void draw(Plot plot, Canvas canvas) {
    double[] xs = values(plot, plot.logX(), Plot.Point::x);
    double[] ys =
        plot.series().stream()
            .flatMap(series -> series.points().stream())
            .flatMapToDouble(point -> DoubleStream.of(point.y(), point.low(), point.high()))
            .filter(y -> !plot.logY() || y > 0)
            .toArray();
    Scale x = scale(plot.logX(), xs, false, LEFT, RIGHT);
    Scale y = scale(plot.logY(), ys, true, BOTTOM, TOP);
    axes(plot, canvas, x, y);
    for (Plot.Series series : plot.series()) {
      draw(series, canvas, x.at(), y.at());
    }
    legend(plot, canvas);
  }

  private static double[] values(Plot plot, boolean positive, ToDoubleFunction<Plot.Point> of) {
    return plot.series().stream()
        .flatMap(series -> series.points().stream())
        .mapToDouble(of)
        .filter(value -> !positive || value > 0)
        .toArray();
  }

  /** Where values are drawn, and which of them are named. */
  private record Scale(DoubleUnaryOperator at, List<Double> ticks) {}

  private static Scale scale(boolean log, double[] values, boolean whole, double from, double to) {
    double most = DoubleStream.of(values).max().orElse(1);
    double least = DoubleStream.of(values).min().orElse(log ? 0.1 : 0);
    if (log) {
      least = Math.max(least, most / RANGE);
      LogAxis axis =
          whole
              ? new LogAxis(
                  Math.pow(10, Math.floor(Math.log10(least))),
                  Math.pow(10, Math.floor(Math.log10(most)) + 1),
                  from,
                  to)
              : new LogAxis(least / 1.1, most * 1.1, from, to);
      List<Double> named =
          whole ? axis.decades() : DoubleStream.of(values).distinct().sorted().boxed().toList();
      return new Scale(axis::at, named);
    }
    double low = Math.min(0, least);
    double step = step((most > low ? most - low : 1) / 5);
    double high = Math.max(step, Math.ceil(most / step - 1e-9) * step);
    List<Double> ticks =
        IntStream.rangeClosed(0, (int) Math.round((high - low) / step))
            .mapToObj(i -> low + i * step)
            .toList();
    return new Scale(value -> from + (to - from) * (value - low) / (high - low), ticks);
  }

  /** 1, 2 or 5 times a power of ten, at least so large. */
  private static double step(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    for (int factor : List.of(1, 2, 5)) {
      if (factor * power >= least * (1 - 1e-9)) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  private static void axes(Plot plot, Canvas canvas, Scale x, Scale y) {
    for (double tick : y.ticks()) {
      double at = y.at().applyAsDouble(tick);
      canvas.line(List.of(point(LEFT, at), point(RIGHT, at)), RULE, 0.5, List.of());
      canvas.text(label(tick), LEFT - 5, at + 3.5, Canvas.Anchor.END, INK);
    }
    double free = LEFT - LABEL;
    for (double tick : new TreeSet<>(x.ticks())) {
      double at = x.at().applyAsDouble(tick);
      canvas.line(List.of(point(at, BOTTOM), point(at, BOTTOM + 4)), INK, 0.5, List.of());
      if (at >= free) {
        canvas.text(label(tick), at, BOTTOM + 15, Canvas.Anchor.MIDDLE, INK);
        free = at + LABEL;
      }
    }
    canvas.line(List.of(point(LEFT, BOTTOM), point(RIGHT, BOTTOM)), INK, 0.5, List.of());
    canvas.text(plot.xLabel(), (LEFT + RIGHT) / 2, BOTTOM + 31, Canvas.Anchor.MIDDLE, INK);
    canvas.upwards(plot.yLabel(), 12, (TOP + BOTTOM) / 2, INK);
  }

  static String label(double value) {
    double size = Math.abs(value);
    if (size != 0 && (size < 0.001 || size >= 1e6)) {
      return String.format(Locale.ROOT, "%.0e", value);
    }
    String text = String.format(Locale.ROOT, "%.3f", value);
    return text.replaceFirst("\\.?0+$", "");
  }

  private static void draw(
      Plot.Series series, Canvas canvas, DoubleUnaryOperator x, DoubleUnaryOperator y) {
    List<double[]> line = new ArrayList<>();
    List<double[]> band = new ArrayList<>();
    List<double[]> back = new ArrayList<>();
    for (Plot.Point point : series.points()) {
      double px = x.applyAsDouble(point.x());
      double py = y.applyAsDouble(point.y());
      if (series.steps() && !line.isEmpty()) {
        line.add(point(px, line.get(line.size() - 1)[1]));
      }
      line.add(point(px, py));
      band.add(point(px, y.applyAsDouble(point.high())));
      back.add(0, point(px, y.applyAsDouble(point.low())));
    }
    if (line.isEmpty()) {
      return;
    }
    Look look = series.look();
    if (!series.steps()) {
      band.addAll(back);
      canvas.area(band, look.color(), 0.15);
    }
    canvas.line(line, look.color(), 1.2, look.dash());
    if (!series.steps()) {
      line.forEach(at -> canvas.area(mark(look.mark(), at[0], at[1]), look.color(), 1));
    }
  }

  /** Entries of the legend in a row, one or more. */
  private static int perRow(Plot plot) {
    int longest =
        plot.series().stream().mapToInt(series -> series.label().length()).max().orElse(0);
    return Math.max(1, (int) ((WIDTH - 20) / (36 + 5.6 * longest)));
  }

  private static void legend(Plot plot, Canvas canvas) {
    int perRow = perRow(plot);
    for (int i = 0; i < plot.series().size(); i++) {
      Plot.Series series = plot.series().get(i);
      double left = 20 + (WIDTH - 20) / perRow * (i % perRow);
      int row = i / perRow;
      double y = LEGEND + ROW * row;
      canvas.line(
          List.of(point(left, y), point(left + 22, y)),
          series.look().color(),
          1.2,
          series.look().dash());
      if (!series.steps()) {
        canvas.area(mark(series.look().mark(), left + 11, y), series.look().color(), 1);
      }
      canvas.text(series.label(), left + 27, y + 3.5, Canvas.Anchor.START, INK);
    }
  }

  private static List<double[]> mark(String kind, double x, double y) {
    double r = MARK;
    return switch (kind) {
      case "rect" -> box(x - r, y - r, 2 * r, 2 * r);
      case "triangle" -> List.of(point(x, y - r), point(x + r, y + r), point(x - r, y + r));
      case "diamond" ->
          List.of(
              point(x, y - 1.3 * r),
              point(x + 1.3 * r, y),
              point(x, y + 1.3 * r),
              point(x - 1.3 * r, y));
      default ->
          IntStream.range(0, 12)
              .mapToObj(
                  i -> point(x + r * Math.cos(i * Math.PI / 6), y + r * Math.sin(i * Math.PI / 6)))
              .toList();
    };
  }

  private static List<double[]> box(double x, double y, double width, double height) {
    return List.of(
        point(x, y), point(x + width, y), point(x + width, y + height), point(x, y + height));
  }

  private static double[] point(double x, double y) {
    return new double[] {x, y};
  }
}
