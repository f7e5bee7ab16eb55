package dev.piecrust.report.file;

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
public final class MeaningCsv implements ExportPart {
  @Override
  public void write(ExportSource source, ExportFiles files) throws IOException {
    Optional<FeatureTable> table = source.features();
    if (table.isPresent()) {
      files.addCsv("descriptions.csv", csv -> write(table.get(), csv));
    }
  }

  private static void write(FeatureTable table, Csv csv) throws IOException {
    List<String> header =
        new ArrayList<>(List.of("id", "layer", "feature", "kept", "mean_abs_score", "baseline"));
    for (FadeMetric metric : FadeMetric.values()) {
      header.add(metric.label());
      header.add(metric.label() + "_samples");
    }
    header.add("description");
    header.add("missing");
    csv.record(header);
    for (Row row : table.rows()) {
      csv.record(cells(row));
    }
  }

  private static List<Object> cells(Row row) {
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
    cells.add(row.description().<Object>map(Csv.Text::new).orElse(""));
    cells.add(new Csv.Text(missing(row)));
    return cells;
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
