package dev.piecrust.report.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.feature.KeptOccurrence;
import dev.piecrust.feature.PromptOutcome;
import dev.piecrust.report.table.ListedFeatures;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Features and occurrences as the graph files of circuit-tracer name them: {@code
 * circuit_tracer_features.json} has the fields of their feature nodes that do not depend on a
 * prompt ({@code feature} is the Cantor id, {@code clerp} the label), {@code
 * circuit_tracer_nodes.jsonl} one prompt a line with its kept occurrences as node ids, {@code
 * layer_index_position}, to be pinned.
 */
public final class CircuitTracerFiles implements ExportPart {
  private static final String FEATURE_TYPE = "cross layer transcoder";

  private @Nullable Streamed nodes;

  @Override
  public void prepare(ExportSource source, ExportFiles files) throws IOException {
    ListedFeatures.Rule rule = source.listed().rule();
    nodes =
        new Streamed(
            files,
            "circuit_tracer_nodes.jsonl",
            "",
            (outcome, out) -> {
              Optional<List<KeptOccurrence>> kept = rule.of(outcome);
              if (kept.isPresent()) {
                out.append(Json.write(nodes(outcome, rule.budget(), kept.get()))).append('\n');
              }
            });
    source.reads(nodes);
    source.reads(source.listed());
  }

  @Override
  public void write(ExportSource source, ExportFiles files) throws IOException {
    ArrayNode features = Json.mapper().createArrayNode();
    for (ListedFeatures.Listed listed : source.listed().of(source.features())) {
      features
          .addObject()
          .put("feature", listed.feature().cantor())
          .put("layer", Integer.toString(listed.feature().layer()))
          .put("index", listed.feature().index())
          .put("feature_type", FEATURE_TYPE)
          .put("clerp", listed.description().orElse(""));
    }
    files.add("circuit_tracer_features.json", PrettyJson.of(features));
    Objects.requireNonNull(nodes).end();
  }

  private static ObjectNode nodes(PromptOutcome outcome, int budget, List<KeptOccurrence> all) {
    ObjectNode line = Json.mapper().createObjectNode();
    line.put("task", outcome.task());
    line.put("global_idx", outcome.index());
    line.put("text_sha1", outcome.textSha1());
    line.put("method", outcome.method());
    line.put("k", budget);
    ArrayNode ids = line.putArray("pinnedIds");
    for (KeptOccurrence kept : all) {
      ids.add("%d_%d_%d".formatted(kept.layer(), kept.feature(), kept.position()));
    }
    return line;
  }
}
