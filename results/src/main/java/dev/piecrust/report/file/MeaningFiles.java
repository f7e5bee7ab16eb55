package dev.piecrust.report.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.feature.Explanation;
import dev.piecrust.feature.FadeMetric;
import dev.piecrust.feature.FadeScore;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.report.meaning.FeatureTable;
import dev.piecrust.report.meaning.FeatureTable.Row;
import java.io.IOException;
import java.util.Optional;

/**
 * {@code descriptions.json} and {@code fade_metrics.json}, by Cantor id; a campaign that explains
 * nothing has neither. A metric without a score is null, and {@code unscored} says why.
 */
public final class MeaningFiles implements ExportPart {
  @Override
  public void write(ExportSource source, ExportFiles files) throws IOException {
    Optional<FeatureTable> table = source.features();
    if (table.isEmpty()) {
      return;
    }
    ObjectNode descriptions = Json.mapper().createObjectNode();
    ObjectNode metrics = Json.mapper().createObjectNode();
    for (Row row : table.get().rows()) {
      String id = Long.toString(row.selected().feature().cantor());
      descriptions.set(id, description(row));
      if (!row.scores().isEmpty()) {
        metrics.set(id, metrics(row));
      }
    }
    files.add("descriptions.json", PrettyJson.of(descriptions));
    if (table.get().evaluated()) {
      files.add("fade_metrics.json", PrettyJson.of(metrics));
    }
  }

  private static ObjectNode feature(Row row) {
    FeatureId feature = row.selected().feature();
    return Json.mapper()
        .createObjectNode()
        .put("layer", feature.layer())
        .put("feature", feature.index())
        .put("description", row.description().orElse(null));
  }

  private static ObjectNode description(Row row) {
    ObjectNode node = feature(row);
    Optional<Explanation> explanation = row.explanation();
    node.put("provider", explanation.map(Explanation::provider).orElse(null));
    node.put("model", explanation.map(Explanation::model).orElse(null));
    node.put("baseline", explanation.map(Explanation::baseline).orElse(null));
    node.put(
        "unexplained",
        explanation
            .map(Explanation::reason)
            .filter(reason -> !reason.isEmpty())
            .orElse(explanation.isPresent() ? null : "not asked yet"));
    node.put("kept_occurrences", row.selected().kept());
    node.put("mean_abs_score", row.selected().meanAbsScore());
    node.set("tasks", Json.mapper().valueToTree(row.selected().tasks()));
    return node;
  }

  private static ObjectNode metrics(Row row) {
    ObjectNode node = feature(row);
    ObjectNode values = node.putObject("metrics");
    ObjectNode samples = node.putObject("samples");
    ObjectNode unscored = node.putObject("unscored");
    for (FadeMetric metric : FadeMetric.values()) {
      FadeScore score = row.scores().get(metric);
      if (score instanceof FadeScore.Scored scored) {
        values.put(metric.label(), scored.value());
        samples.put(metric.label(), scored.samples());
      } else if (score instanceof FadeScore.Unscored missing) {
        values.putNull(metric.label());
        unscored.put(metric.label(), missing.reason());
      }
    }
    return node;
  }
}
