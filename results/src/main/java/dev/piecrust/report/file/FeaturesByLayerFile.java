package dev.piecrust.report.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.feature.FadeMetric;
import dev.piecrust.feature.FadeScore;
import dev.piecrust.report.table.ListedFeatures;
import dev.piecrust.report.table.ListedFeatures.Listed;
import java.io.IOException;

/**
 * {@code features_by_layer.json}: the features of each layer, what they mean and how good that is.
 */
public final class FeaturesByLayerFile implements ExportPart {
  @Override
  public void prepare(ExportSource source, ExportFiles files) {
    source.reads(source.listed());
  }

  @Override
  public void write(ExportSource source, ExportFiles files) throws IOException {
    ObjectNode root = Json.mapper().createObjectNode();
    root.put("campaign", source.status().id());
    root.put("model", source.spec().subject().model());
    root.put("transcoder", source.spec().subject().transcoder());
    ListedFeatures.Rule rule = source.listed().rule();
    root.put("method", rule.method().label());
    root.put("k", rule.budget());
    ObjectNode layers = root.putObject("layers");
    for (Listed listed : source.listed().of(source.features())) {
      ArrayNode layer = layers.withArray(Integer.toString(listed.feature().layer()));
      layer.add(feature(listed));
    }
    files.add("features_by_layer.json", PrettyJson.of(root));
  }

  private static ObjectNode feature(Listed listed) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("index", listed.feature().index());
    node.put("cantor_id", listed.feature().cantor());
    node.put("description", listed.description().orElse(null));
    node.put("kept_occurrences", listed.kept());
    node.set("tasks", Json.mapper().valueToTree(listed.tasks()));
    ObjectNode scores = node.putObject("scores");
    listed
        .meaning()
        .ifPresent(
            meaning -> {
              for (FadeMetric metric : FadeMetric.values()) {
                if (meaning.scores().get(metric) instanceof FadeScore.Scored scored) {
                  scores.put(metric.label(), scored.value());
                }
              }
            });
    return node;
  }
}
