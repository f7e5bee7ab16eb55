package dev.piecrust.report.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.activity.Stages;
import dev.piecrust.campaign.Json;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.TaskSpec;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;

/**
 * All occurrences with all scores, a safetensors file for each batch of prompts: tensors {@code
 * PROMPT/layer}, {@code PROMPT/position}, {@code PROMPT/feature}, {@code PROMPT/clean}, {@code
 * PROMPT/delta} and {@code PROMPT/score/METHOD/RUN}. Beside them {@code scores_index.json} says
 * which prompts are where.
 */
public final class ScoresFiles implements ExportPart {
  @Override
  public void write(ExportSource source, ExportFiles files) throws IOException {
    Map<String, String> metadata = metadata(source);
    ObjectNode index = Json.mapper().createObjectNode();
    metadata.forEach(index::put);
    ArrayNode listed = index.putArray("files");
    for (TaskSpec task : source.spec().tasks()) {
      metadata.put("task", task.name());
      source
          .stages()
          .forEachResult(
              Stages.score(task.name()),
              (unit, scores) -> {
                try (InputStream in = source.stages().open(scores)) {
                  listed.add(copy(name(unit), in, metadata, files));
                }
              });
    }
    files.add("scores_index.json", PrettyJson.of(index));
  }

  private static Map<String, String> metadata(ExportSource source) {
    Map<String, String> metadata = new TreeMap<>();
    metadata.put("campaign", source.status().id());
    metadata.put("model", source.spec().subject().model());
    metadata.put("transcoder", source.spec().subject().transcoder());
    metadata.put("subject_fingerprint", source.fingerprint().orElse(""));
    metadata.put(
        "methods",
        String.join(",", source.spec().prune().methods().stream().map(Method::label).toList()));
    metadata.put("piecrust", BuildVersion.read());
    return metadata;
  }

  /** Units are named by their task and prompts, such as {@code ioi/000000-000010}. */
  private static String name(String unit) {
    return "scores_" + unit.replace('/', '_') + ".safetensors";
  }

  private static ObjectNode copy(
      String name, InputStream in, Map<String, String> metadata, ExportFiles files)
      throws IOException {
    SafeTensorsCopy copy = SafeTensorsCopy.of(in, metadata);
    files.addBytes(name, copy::writeTo);
    ObjectNode entry = Json.mapper().createObjectNode();
    entry.put("file", name);
    entry.put("task", copy.metadata("task"));
    entry.set("prompts", Json.mapper().readTree(copy.metadata("prompts")));
    return entry;
  }
}
