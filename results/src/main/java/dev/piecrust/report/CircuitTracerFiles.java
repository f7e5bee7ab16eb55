package dev.piecrust.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.feature.KeptOccurrence;
import dev.piecrust.feature.PromptOutcome;
import java.io.IOException;
import java.util.List;

/**
 * Features and occurrences as the graph files of circuit-tracer name them: {@code
 * circuit_tracer_features.json} has the fields of their feature nodes that do not depend on a
 * prompt ({@code feature} is the Cantor id, {@code clerp} the label), {@code
 * circuit_tracer_nodes.jsonl} one prompt a line with its kept occurrences as node ids, {@code
 * layer_index_position}, to be pinned.
 */
final class CircuitTracerFiles implements ExportPart {
  private static final String FEATURE_TYPE = "cross layer transcoder";

  @Override
  public void write(ExportSource source, ExportFiles files) throws IOException {
    ArrayNode features = Json.mapper().createArrayNode();
    for (ListedFeature listed : ListedFeature.of(source)) {
      features
          .addObject()
          .put("feature", listed.feature().cantor())
          .put("layer", Integer.toString(listed.feature().layer()))
          .put("index", listed.feature().index())
          .put("feature_type", FEATURE_TYPE)
          .put("clerp", listed.description().orElse(""));
    }
    files.add("circuit_tracer_features.json", PrettyJson.of(features));
    ListedFeature.Rule rule = ListedFeature.Rule.of(source);
    files.add(
        "circuit_tracer_nodes.jsonl",
        out ->
            source
                .outcomes()
                .forEach(
                    source.spec(),
                    outcome -> {
                      if (rule.covers(outcome)) {
                        out.append(Json.write(nodes(outcome, rule))).append('\n');
                      }
                    }));
  }

  private static ObjectNode nodes(PromptOutcome outcome, ListedFeature.Rule rule) {
    ObjectNode line = Json.mapper().createObjectNode();
    line.put("task", outcome.task());
    line.put("global_idx", outcome.index());
    line.put("text_sha1", outcome.textSha1());
    line.put("method", outcome.method());
    line.put("k", rule.budget());
    ArrayNode ids = line.putArray("pinnedIds");
    for (KeptOccurrence kept : outcome.kept().getOrDefault(rule.budget(), List.of())) {
      ids.add("%d_%d_%d".formatted(kept.layer(), kept.feature(), kept.position()));
    }
    return line;
  }
}
