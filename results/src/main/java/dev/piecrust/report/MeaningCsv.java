package dev.piecrust.report;

import dev.piecrust.feature.Explanation;
import dev.piecrust.feature.FadeMetric;
import dev.piecrust.feature.FadeScore;
import dev.piecrust.report.meaning.FeatureTable;
import dev.piecrust.report.meaning.FeatureTable.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code descriptions.csv}: what each feature means, and how good that is. */
final class MeaningCsv implements ExportPart {
  @Override
  public void write(ExportSource source, ExportFiles files) throws IOException {
    Optional<FeatureTable> table = source.table().features();
    if (table.isPresent()) {
      files.add("descriptions.csv", ExportPart.lines(lines(table.get())));
    }
  }

  private static List<String> lines(FeatureTable table) {
    List<String> lines = new ArrayList<>();
    List<String> header =
        new ArrayList<>(List.of("id", "layer", "feature", "kept", "mean_abs_score", "baseline"));
    for (FadeMetric metric : FadeMetric.values()) {
      header.add(metric.label());
      header.add(metric.label() + "_samples");
    }
    header.add("description");
    header.add("missing");
    lines.add(String.join(",", header));
    table.rows().forEach(row -> lines.add(line(row)));
    return lines;
  }

  private static String line(Row row) {
    List<Object> cells = new ArrayList<>();
    cells.add(row.selected().feature().cantor());
    cells.add(row.selected().feature().layer());
    cells.add(row.selected().feature().index());
    cells.add(row.selected().kept());
    cells.add(row.selected().meanAbsScore());
    cells.add(row.explanation().map(Explanation::baseline).map(String::valueOf).orElse(""));
    for (FadeMetric metric : FadeMetric.values()) {
      if (row.scores().get(metric) instanceof FadeScore.Scored scored) {
        cells.addAll(List.of(scored.value(), scored.samples()));
      } else {
        cells.addAll(List.of("", ""));
      }
    }
    cells.add(row.description().map(SafeText::cell).orElse(""));
    cells.add(SafeText.cell(missing(row)));
    return Csv.line(cells.toArray());
  }

  /** Why there is no description, or what metrics have no score and why. */
  private static String missing(Row row) {
    if (row.description().isEmpty()) {
      return row.explanation().map(Explanation::reason).orElse("");
    }
    Map<String, List<String>> metrics = new LinkedHashMap<>();
    for (FadeMetric metric : FadeMetric.values()) {
      if (row.scores().get(metric) instanceof FadeScore.Unscored unscored) {
        metrics.computeIfAbsent(unscored.reason(), r -> new ArrayList<>()).add(metric.label());
      }
    }
    return metrics.entrySet().stream()
        .map(reason -> String.join(", ", reason.getValue()) + ": " + reason.getKey())
        .collect(Collectors.joining("; "));
  }
}
