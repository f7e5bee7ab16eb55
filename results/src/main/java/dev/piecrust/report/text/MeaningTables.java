package dev.piecrust.report.text;

import dev.piecrust.feature.FadeMetric;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.report.meaning.FeatureTable;
import dev.piecrust.report.text.PaperTable.Cell;
import dev.piecrust.report.text.PaperTable.Column;
import dev.piecrust.report.text.PaperTable.Kind;
import java.util.ArrayList;
import java.util.List;

/** The tables of what features mean: FADE over all of them, and each by itself. */
public final class MeaningTables {
  private MeaningTables() {}

  /**
   * @param atMost how many features are listed, the first ones
   */
  public static List<PaperTable> of(FeatureTable table, int atMost) {
    List<PaperTable> tables = new ArrayList<>();
    if (table.evaluated()) {
      List<List<String>> means = FeatureText.means(table);
      tables.add(
          PaperTable.plain(
              "fade",
              "FADE scores: means over features, ± half the width of the 95 % interval.",
              means.get(0),
              means.subList(1, means.size())));
    }
    tables.add(features(table, atMost));
    return tables;
  }

  private static PaperTable features(FeatureTable table, int atMost) {
    List<String> titles = new ArrayList<>(List.of("feature", "id", "kept"));
    if (table.evaluated()) {
      for (FadeMetric metric : FadeMetric.values()) {
        titles.add(metric.label());
      }
    }
    List<Column> columns = new ArrayList<>(PaperTable.columns(titles));
    columns.add(new Column("description", Kind.TEXT));
    int shown = Math.min(atMost, table.rows().size());
    String caption =
        "The first %d features of %d: layer/index, Cantor id, kept occurrences%s. %s."
            .formatted(
                shown,
                table.rows().size(),
                table.evaluated() ? ", FADE scores, description" : "",
                table.ranking());
    return new PaperTable(
        "features",
        caption,
        columns,
        table.rows().stream().limit(shown).map(row -> cells(table, row)).toList());
  }

  private static List<Cell> cells(FeatureTable table, FeatureTable.Row row) {
    FeatureId feature = row.selected().feature();
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.of("L%d/%d".formatted(feature.layer(), feature.index())));
    cells.add(Cell.of(Long.toString(feature.cantor())));
    cells.add(Cell.of(Integer.toString(row.selected().kept())));
    if (table.evaluated()) {
      for (FadeMetric metric : FadeMetric.values()) {
        cells.add(Cell.of(FeatureText.score(row, metric)));
      }
    }
    cells.add(Cell.of(FeatureText.description(row, Integer.MAX_VALUE)));
    return cells;
  }
}
