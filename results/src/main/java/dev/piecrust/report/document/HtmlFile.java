package dev.piecrust.report.document;

import dev.piecrust.report.analysis.Estimate;
import dev.piecrust.report.analysis.Reference;
import dev.piecrust.report.chart.FigureDrawing;
import dev.piecrust.report.chart.Line;
import dev.piecrust.report.chart.LineChart;
import dev.piecrust.report.document.HtmlReport.Chart;
import dev.piecrust.report.document.HtmlReport.Legend;
import dev.piecrust.report.document.HtmlReport.Picture;
import dev.piecrust.report.document.HtmlReport.Section;
import dev.piecrust.report.file.ExportFiles;
import dev.piecrust.report.file.ExportPart;
import dev.piecrust.report.file.ExportSource;
import dev.piecrust.report.file.PrettyJson;
import dev.piecrust.report.meaning.CampaignCosts;
import dev.piecrust.report.meaning.FeatureTable;
import dev.piecrust.report.table.ResultTable.Row;
import dev.piecrust.report.table.ResultTable.TaskTable;
import dev.piecrust.report.text.CostTables;
import dev.piecrust.report.text.FeatureText;
import dev.piecrust.report.text.FidelityTables;
import dev.piecrust.report.text.Figures;
import dev.piecrust.report.text.Findings;
import dev.piecrust.report.text.MeaningTables;
import dev.piecrust.report.text.SpendText;
import dev.piecrust.report.text.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code report.html}: the campaign as one page that needs no network and no script. */
public final class HtmlFile implements ExportPart {
  @Override
  public void write(ExportSource source, ExportFiles files) throws IOException {
    String style = ReportStyle.css();
    LineChart chart = new LineChart(style);
    List<Section> sections = new ArrayList<>();
    source.table().tasks().forEach(task -> sections.add(section(task)));
    source.table().features().ifPresent(features -> sections.add(meaning(features)));
    source.costs().ifPresent(costs -> sections.add(costs(costs)));
    HtmlReport report =
        new HtmlReport(
            source.spec().name(),
            ReportFacts.summary(source),
            Verdict.found(source.table()),
            ReportFacts.caveats(source),
            style,
            source.table().tasks().stream().map(task -> chart(task, chart)).toList(),
            pictures(source, style),
            sections,
            source.table().failures(),
            ReportFacts.of(source),
            PrettyJson.text(ReportFacts.spec(source)));
    files.add("report.html", out -> out.append(report.render()));
  }

  private static Section section(TaskTable task) {
    return new Section(
        task.task(),
        Findings.of(task),
        FidelityTables.of(task),
        List.of(FidelityTables.measures(task)));
  }

  private static Chart chart(TaskTable task, LineChart chart) {
    String title =
        "%s, in-sample: mean KL at the last position in nats against kept occurrences K"
            .formatted(task.task());
    List<Legend> legend =
        task.rows().stream()
            .map(Row::method)
            .distinct()
            .map(method -> new Legend(method, chart.sample(method)))
            .toList();
    return new Chart(title, chart.draw(title, lines(task)).orElse(""), legend);
  }

  /** What the line charts do not show. A page knows the language of its pictures. */
  private static List<Picture> pictures(ExportSource source, String style) {
    return FigureFiles.figures(source, style).stream()
        .filter(figure -> !figure.name().startsWith(FigureFiles.FIDELITY))
        .map(
            figure ->
                new Picture(
                    figure.title(),
                    FigureDrawing.svg(figure).replaceFirst(" xmlns=\"[^\"]*\"", "")))
        .toList();
  }

  private static List<Line> lines(TaskTable task) {
    List<Line> lines = new ArrayList<>();
    for (String method : task.rows().stream().map(Row::method).distinct().toList()) {
      lines.add(
          new Line(
              method,
              false,
              task.rows().stream()
                  .filter(row -> row.method().equals(method))
                  .filter(row -> row.klLast().mean().isPresent())
                  .map(HtmlFile::point)
                  .toList()));
    }
    for (Reference published : task.paper()) {
      double kl = published.klLast();
      String words =
          "%s in the paper at K=%d: %s nats"
              .formatted(published.method(), published.budget(), Figures.of(kl));
      lines.add(
          new Line(
              published.method(),
              true,
              List.of(new Line.Point(published.budget(), kl, kl, kl, words))));
    }
    return lines;
  }

  private static Line.Point point(Row row) {
    Estimate kl = row.klLast();
    double mean = kl.mean().orElseThrow();
    return new Line.Point(
        row.budget(),
        mean,
        kl.low().orElse(mean),
        kl.high().orElse(mean),
        "%s at K=%d: %s nats, 95 %% %s, %d prompts"
            .formatted(
                row.method(),
                row.budget(),
                Figures.of(mean),
                Figures.interval(kl.low().orElse(mean), kl.high().orElse(mean)),
                kl.n()));
  }

  private static Section meaning(FeatureTable features) {
    return Section.plain(
        "What the features mean",
        List.of(FeatureText.sentence(features)),
        MeaningTables.of(features, Integer.MAX_VALUE));
  }

  private static Section costs(CampaignCosts costs) {
    return Section.plain("Costs", List.of(SpendText.of(costs.spend())), CostTables.of(costs));
  }
}
