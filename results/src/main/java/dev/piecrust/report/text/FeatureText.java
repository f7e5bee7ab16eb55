package dev.piecrust.report.text;

import dev.piecrust.feature.FadeMetric;
import dev.piecrust.feature.FadeScore;
import dev.piecrust.report.meaning.FeatureTable;
import dev.piecrust.report.meaning.FeatureTable.MetricMean;
import dev.piecrust.report.meaning.FeatureTable.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the features mean and how good that is, as aligned text. */
public final class FeatureText {
  private static final int SHOWN = 15;
  private static final int DESCRIPTION = 72;

  private FeatureText() {}

  static List<String> of(FeatureTable table) {
    List<String> lines = new ArrayList<>();
    lines.add(sentence(table));
    lines.add(SpendText.of(table.spend()));
    if (table.evaluated()) {
      lines.addAll(AlignedText.of(means(table)));
    }
    lines.add(table.ranking() + ".");
    lines.addAll(AlignedText.of(cells(table)));
    if (table.rows().size() > SHOWN) {
      lines.add("and %d more in the exports".formatted(table.rows().size() - SHOWN));
    }
    return lines;
  }

  /** How many features there are, and who describes them. */
  public static String sentence(FeatureTable table) {
    return "Features: %d, of which %d are described by %s%s%s.%s"
        .formatted(
            table.rows().size(),
            table.described() - table.imported(),
            who(table),
            table.baseline() ? " (an offline baseline: token statistics, no language model)" : "",
            table.imported() == 0
                ? ""
                : ", and %d by descriptions made elsewhere".formatted(table.imported()),
            table.sameDescription().map(note -> " " + note + ".").orElse(""));
  }

  private static String who(FeatureTable table) {
    boolean same = table.provider().equals(table.model());
    return SafeText.line(same ? table.model() : table.provider() + " " + table.model(), 80);
  }

  /** The means over features, below the titles of their columns. */
  static List<List<String>> means(FeatureTable table) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(List.of("FADE", "mean", "features", "without a score"));
    for (MetricMean mean : table.means()) {
      cells.add(
          List.of(
              mean.metric().label(),
              Figures.withHalfWidth(mean.estimate(), false),
              Integer.toString(mean.estimate().n()),
              mean.unscored().isEmpty() ? "0" : reasons(mean)));
    }
    return cells;
  }

  static String reasons(MetricMean mean) {
    return mean.unscored().entrySet().stream()
        .map(e -> e.getValue() + " " + words(e.getKey()))
        .collect(Collectors.joining(", "));
  }

  static String words(FadeScore.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static List<List<String>> cells(FeatureTable table) {
    List<List<String>> cells = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("feature", "kept"));
    if (table.evaluated()) {
      for (FadeMetric metric : FadeMetric.values()) {
        header.add(metric.label());
      }
    }
    cells.add(header);
    for (Row row : table.rows().stream().limit(SHOWN).toList()) {
      List<String> line = new ArrayList<>();
      line.add(
          "L%d/%d".formatted(row.selected().feature().layer(), row.selected().feature().index()));
      line.add(Integer.toString(row.selected().kept()));
      if (table.evaluated()) {
        for (FadeMetric metric : FadeMetric.values()) {
          line.add(score(row, metric));
        }
      }
      cells.add(line);
    }
    return described(table, cells);
  }

  /** Descriptions stand at the end of each line, to the left. */
  private static List<List<String>> described(FeatureTable table, List<List<String>> cells) {
    List<List<String>> described = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      List<String> line = new ArrayList<>(cells.get(i));
      String text = i == 0 ? "description" : description(table.rows().get(i - 1), DESCRIPTION);
      line.add(text + " ".repeat(DESCRIPTION - text.codePointCount(0, text.length())));
      described.add(line);
    }
    return described;
  }

  /** What the feature means, or why nobody could say, on one line of at most so many characters. */
  static String description(Row row, int most) {
    return row.description()
        .map(text -> SafeText.line(text, most))
        .orElseGet(
            () ->
                row.explanation()
                    .map(e -> SafeText.line("– " + e.reason(), most))
                    .orElse(Figures.MISSING));
  }

  static String score(Row row, FadeMetric metric) {
    return row.scores().get(metric) instanceof FadeScore.Scored scored
        ? Figures.of(scored.value())
        : Figures.MISSING;
  }
}
