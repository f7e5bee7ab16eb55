package dev.piecrust.report.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.feature.Circuit;
import dev.piecrust.feature.FeatureStats;
import java.io.IOException;

/**
 * {@code circuits.json}, the features of every circuit, best first; and {@code
 * feature_stats.jsonl}, one feature under one method a line.
 */
public final class CircuitFiles implements ExportPart {
  @Override
  public void write(ExportSource source, ExportFiles files) throws IOException {
    ObjectNode root = Json.mapper().createObjectNode();
    root.put("campaign", source.status().id());
    ObjectNode tasks = root.putObject("tasks");
    for (TaskSpec task : source.spec().tasks()) {
      ArrayNode circuits = tasks.putArray(task.name());
      source.circuits().circuits(task.name()).forEach(circuit -> circuits.add(node(circuit)));
    }
    files.add("circuits.json", PrettyJson.of(root));
    files.add("feature_stats.jsonl", out -> features(source, out));
  }

  private static ObjectNode node(Circuit circuit) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("method", circuit.method());
    node.put("ranking", circuit.ranking());
    node.put("n", circuit.budget());
    ArrayNode features = node.putArray("features");
    circuit
        .features()
        .forEach(
            feature ->
                features
                    .addObject()
                    .put("id", feature.cantor())
                    .put("layer", feature.layer())
                    .put("feature", feature.index()));
    return node;
  }

  private static void features(ExportSource source, Appendable out) throws IOException {
    for (TaskSpec task : source.spec().tasks()) {
      source
          .circuits()
          .forEachFeature(task.name(), stats -> out.append(Json.write(line(stats))).append('\n'));
    }
  }

  private static ObjectNode line(FeatureStats stats) {
    ObjectNode line = Json.mapper().createObjectNode();
    line.put("task", stats.task());
    line.put("method", stats.method());
    line.put("id", stats.feature().cantor());
    line.put("layer", stats.feature().layer());
    line.put("feature", stats.feature().index());
    line.put("prompts", stats.prompts());
    line.put("seen_count", stats.seen());
    ObjectNode kept = line.putObject("kept_count_by_k");
    stats.kept().forEach((budget, count) -> kept.put(budget.toString(), count));
    line.put("mean_abs_score", stats.meanAbsScore());
    line.put("mean_score", stats.meanScore());
    line.set("top_positions", Json.mapper().valueToTree(stats.positions()));
    return line;
  }
}
