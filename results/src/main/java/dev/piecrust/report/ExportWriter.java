package dev.piecrust.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.report.analysis.Resampling;
import dev.piecrust.report.analysis.Statistics;
import dev.piecrust.report.file.BuildVersion;
import dev.piecrust.report.file.ExportFiles;
import dev.piecrust.report.file.ExportPart;
import dev.piecrust.report.file.ExportSource;
import dev.piecrust.report.file.PrettyJson;
import dev.piecrust.spec.SpecDocument;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes all files of an export, the manifest last. */
final class ExportWriter {
  private final ExportSource source;
  private final ExportFormat format;

  ExportWriter(ExportSource source, ExportFormat format) {
    this.source = source;
    this.format = format;
  }

  void write(ExportFiles files) throws IOException {
    List<ExportPart> parts = format.parts();
    for (ExportPart part : parts) {
      part.prepare(source, files);
    }
    source.read();
    for (ExportPart part : parts) {
      part.write(source, files);
    }
    files.add("run_manifest.json", PrettyJson.of(manifest(files.sha256())));
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
    seeds.put("synergy", source.spec().prune().settings().synergy().seed());
    seeds.put("bootstrap", Statistics.SEED);
    root.put("bootstrap_resamples", Statistics.RESAMPLES);
    root.put("paired_bootstrap_resamples", Resampling.RESAMPLES);
    root.set("circuits", circuits());
    root.put("subject_fingerprint", source.fingerprint().orElse(null));
    root.set("subject", Json.mapper().valueToTree(source.subjectNotes()));
    root.set("files", Json.mapper().valueToTree(hashes));
    return root;
  }

  /** Which prompts judged which circuits. */
  private ObjectNode circuits() {
    ObjectNode circuits = Json.mapper().createObjectNode();
    circuits.put("held_out", source.spec().prune().heldOut());
    TreeSet<String> rankings = new TreeSet<>();
    TreeMap<String, TreeMap<String, TreeSet<Integer>>> prompts = new TreeMap<>();
    source.forEachCircuitOutcome(
        outcome -> {
          rankings.add(outcome.ranking());
          prompts
              .computeIfAbsent(outcome.task(), task -> new TreeMap<>())
              .computeIfAbsent(outcome.share(), share -> new TreeSet<>())
              .add(outcome.index());
        });
    circuits.set("rankings", Json.mapper().valueToTree(rankings));
    circuits.set("prompts", Json.mapper().valueToTree(prompts));
    return circuits;
  }
}
