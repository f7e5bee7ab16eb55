package dev.piecrust.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.campaign.SpecDocument;
import dev.piecrust.campaign.TaskSpec;
import java.io.IOException;
import java.util.SortedMap;

/** Writes all files of an export, the manifest last. */
final class ExportWriter {
  private final ExportSource source;
  private final ExportFormat format;

  ExportWriter(ExportSource source, ExportFormat format) {
    this.source = source;
    this.format = format;
  }

  void write(ExportFiles files) throws IOException {
    HashedFiles hashed = new HashedFiles(files);
    for (ExportPart part : format.parts()) {
      part.write(source, hashed);
    }
    files.add("run_manifest.json", PrettyJson.of(manifest(hashed.sha256())));
  }

  /** Only {@code finished_at} depends on the clock. */
  private ObjectNode manifest(SortedMap<String, String> hashes) {
    ObjectNode root = Json.mapper().createObjectNode();
    root.put("campaign", source.status().id());
    root.put("state", source.status().state().words());
    root.put("format", format.label());
    root.put("finished_at", source.status().finishedAt().map(Object::toString).orElse(null));
    root.putObject("versions").put("piecrust", BuildVersion.read());
    root.set("spec", Json.mapper().valueToTree(SpecDocument.tree(source.spec())));
    ObjectNode seeds = root.putObject("seeds");
    ObjectNode tasks = seeds.putObject("tasks");
    for (TaskSpec task : source.spec().tasks()) {
      tasks.put(task.name(), task.seed());
    }
    seeds.put("random_seeds", source.spec().prune().randomSeeds());
    seeds.put("bootstrap", Statistics.SEED);
    root.put("bootstrap_resamples", Statistics.RESAMPLES);
    root.put("subject_fingerprint", source.fingerprint().orElse(null));
    root.set("files", Json.mapper().valueToTree(hashes));
    return root;
  }
}
