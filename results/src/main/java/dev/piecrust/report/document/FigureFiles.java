package dev.piecrust.report.document;

import dev.piecrust.feature.FadeMetric;
import dev.piecrust.feature.FadeScore;
import dev.piecrust.report.analysis.Estimate;
import dev.piecrust.report.analysis.HeldOut;
import dev.piecrust.report.analysis.Overlap;
import dev.piecrust.report.chart.Figure;
import dev.piecrust.report.chart.FigureDrawing;
import dev.piecrust.report.chart.HeatMap;
import dev.piecrust.report.chart.Look;
import dev.piecrust.report.chart.Pgfplots;
import dev.piecrust.report.chart.Plot;
import dev.piecrust.report.file.ExportFiles;
import dev.piecrust.report.file.ExportPart;
import dev.piecrust.report.file.ExportSource;
import dev.piecrust.report.meaning.FeatureTable;
import dev.piecrust.report.table.ResultTable.Row;
import dev.piecrust.report.table.ResultTable.TaskTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The campaign's charts, each as SVG, as PDF and for pgfplots: fidelity and held-out circuits of
 * each task, what methods keep alike, how scores are distributed, and money over time.
 */
public final class FigureFiles implements ExportPart {
  /** How the names of in-sample charts begin. */
  static final String FIDELITY = "fidelity-";

  private static final String KL = "KL at the last position (nats)";

  @Override
  public void write(ExportSource source, ExportFiles files) throws IOException {
    for (Figure figure : figures(source, ReportStyle.css())) {
      files.add(figure.name() + ".svg", out -> out.append(FigureDrawing.svg(figure)));
      files.addBytes(figure.name() + ".pdf", out -> out.write(FigureDrawing.pdf(figure)));
      files.add(figure.name() + ".tex", out -> out.append(Pgfplots.of(figure)));
    }
  }

  /** All of them; one without a point is left out. */
  static List<Figure> figures(ExportSource source, String css) {
    List<Figure> figures = new ArrayList<>();
    for (TaskTable task : source.table().tasks()) {
      add(fidelity(task, css), figures);
      add(heldOut(task, css), figures);
      overlap(task).ifPresent(figures::add);
    }
    source.table().features().ifPresent(features -> add(scores(features), figures));
    add(costs(source), figures);
    return figures;
  }

  private static void add(Plot plot, List<Figure> figures) {
    if (plot.series().stream().anyMatch(series -> !series.points().isEmpty())) {
      figures.add(plot);
    }
  }

  private static Plot fidelity(TaskTable task, String css) {
    List<Plot.Series> series = new ArrayList<>();
    for (String method : task.rows().stream().map(Row::method).distinct().toList()) {
      List<Plot.Point> points =
          task.rows().stream()
              .filter(row -> row.method().equals(method))
              .flatMap(row -> point(row.budget(), row.klLast()))
              .toList();
      series.add(new Plot.Series(method, Look.of(method, css), false, points));
    }
    return new Plot(
        FIDELITY + task.task(),
        "%s, in-sample: occurrences chosen for each of %d prompts, means with 95 %% intervals"
            .formatted(task.task(), task.prompts()),
        "kept occurrences K",
        KL,
        true,
        true,
        series);
  }

  /** The first of two rankings of a method has its line, the others broken ones. */
  private static Plot heldOut(TaskTable task, String css) {
    HeldOut heldOut = task.analysis().heldOut();
    List<Plot.Series> series = new ArrayList<>();
    List<String> methods = new ArrayList<>();
    for (String label : heldOut.rows().stream().map(FigureFiles::label).distinct().toList()) {
      List<HeldOut.Row> rows =
          heldOut.rows().stream().filter(row -> label(row).equals(label)).toList();
      String method = rows.get(0).method();
      Look look = Look.of(method, css);
      series.add(
          new Plot.Series(
              label,
              methods.contains(method) ? look.broken() : look,
              false,
              rows.stream().flatMap(row -> point(row.budget(), row.klLast())).toList()));
      methods.add(method);
    }
    return new Plot(
        "held-out-" + task.task(),
        "%s, held out: one circuit for all of %d prompts that did not choose it, means with 95 %% intervals"
            .formatted(task.task(), heldOut.prompts()),
        "features of the circuit",
        KL,
        true,
        true,
        series);
  }

  private static String label(HeldOut.Row row) {
    return row.method() + ", " + row.ranking();
  }

  private static Stream<Plot.Point> point(int budget, Estimate kl) {
    if (kl.mean().isEmpty()) {
      return Stream.empty();
    }
    double mean = kl.mean().getAsDouble();
    return Stream.of(new Plot.Point(budget, mean, kl.low().orElse(mean), kl.high().orElse(mean)));
  }

  /**
   * How much of what methods keep is the same, at the smallest budget, at which there is most to
   * choose; absent without two methods.
   */
  public static Optional<HeatMap> overlap(TaskTable task) {
    List<Overlap> all = task.analysis().overlaps();
    if (all.isEmpty()) {
      return Optional.empty();
    }
    int budget = all.stream().mapToInt(Overlap::budget).min().orElseThrow();
    List<String> methods =
        all.stream()
            .flatMap(overlap -> Stream.of(overlap.method(), overlap.other()))
            .distinct()
            .toList();
    List<List<Double>> shares = new ArrayList<>();
    for (String row : methods) {
      List<Double> cells = new ArrayList<>();
      for (String column : methods) {
        cells.add(row.equals(column) ? 1.0 : share(all, budget, row, column));
      }
      shares.add(cells);
    }
    return Optional.of(
        new HeatMap(
            "overlap-" + task.task(),
            "%s: Jaccard overlap of the occurrences kept at K=%d".formatted(task.task(), budget),
            methods,
            shares));
  }

  private static double share(List<Overlap> all, int budget, String one, String other) {
    return all.stream()
        .filter(overlap -> overlap.budget() == budget)
        .filter(
            overlap ->
                (overlap.method().equals(one) && overlap.other().equals(other))
                    || (overlap.method().equals(other) && overlap.other().equals(one)))
        .mapToDouble(Overlap::occurrences)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** The share of features with at most a score, which hides no shape as bins would. */
  private static Plot scores(FeatureTable features) {
    List<Plot.Series> series = new ArrayList<>();
    for (FadeMetric metric : FadeMetric.values()) {
      double[] values =
          features.rows().stream()
              .map(row -> row.scores().get(metric))
              .filter(FadeScore.Scored.class::isInstance)
              .mapToDouble(score -> ((FadeScore.Scored) score).value())
              .sorted()
              .toArray();
      List<Plot.Point> points = new ArrayList<>();
      for (int i = 0; i < values.length; i++) {
        if (points.isEmpty()) {
          points.add(Plot.Point.of(0, 0));
        }
        points.add(Plot.Point.of(values[i], (i + 1.0) / values.length));
      }
      if (!points.isEmpty()) {
        points.add(Plot.Point.of(1, 1));
        series.add(
            new Plot.Series(
                "%s (%d)".formatted(metric.label(), values.length),
                new Look(color(metric), "circle", List.of()),
                true,
                points));
      }
    }
    return new Plot(
        "scores",
        "FADE scores of %d features; in brackets how many have the score"
            .formatted(features.rows().size()),
        "score",
        "share of features with at most this score",
        false,
        false,
        series);
  }

  private static String color(FadeMetric metric) {
    return switch (metric) {
      case CLARITY -> "#0067ad";
      case RESPONSIVENESS -> "#c04800";
      case PURITY -> "#00764f";
      case FAITHFULNESS -> "#8441a8";
    };
  }

  private static Plot costs(ExportSource source) {
    List<Plot.Point> points = new ArrayList<>();
    double usd = 0;
    for (ExportSource.Minute minute : source.spending()) {
      usd += minute.usd();
      points.add(Plot.Point.of(minute.hours(), usd));
    }
    return new Plot(
        "cost",
        "Spent on language models, in US dollars",
        "hours since the campaign was created",
        "USD",
        false,
        false,
        List.of(new Plot.Series("spent", Look.PLAIN, true, points)));
  }
}
