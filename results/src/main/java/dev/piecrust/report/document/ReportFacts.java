package dev.piecrust.report.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.campaign.Json;
import dev.piecrust.campaign.SubjectSpec;
import dev.piecrust.report.analysis.Resampling;
import dev.piecrust.report.analysis.Statistics;
import dev.piecrust.report.file.BuildVersion;
import dev.piecrust.report.file.ExportSource;
import dev.piecrust.report.table.ResultTable;
import dev.piecrust.report.text.Verdict;
import dev.piecrust.spec.SpecDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a report says first, and what a reader needs to run a campaign again. */
final class ReportFacts {
  private ReportFacts() {}

  /** A fact and what it is called. */
  record Fact(String name, String value) {}

  /** What was run, how far it came, and how to read its tables. */
  static String summary(ExportSource source) {
    SubjectSpec subject = source.spec().subject();
    return ("Campaign %s on %s with the transcoder %s is %s. It asks which of the transcoder's features"
            + " carry the model's behaviour: all others are removed, and KL(clean ‖ pruned), in"
            + " nats, tells how far the model's answer moves; lower is better. Written by PieCrust %s.")
        .formatted(
            source.spec().name(),
            name(subject.model()),
            name(subject.transcoder()),
            source.status().state().words(),
            BuildVersion.read());
  }

  /** What a reader of the summary has to keep in mind. */
  static List<String> caveats(ExportSource source) {
    ResultTable table = source.table();
    List<String> caveats = new ArrayList<>();
    int heldOut =
        table.tasks().stream().mapToInt(task -> task.analysis().heldOut().prompts()).sum();
    caveats.add(
        heldOut == 0
            ? "Nothing was held out: occurrences were chosen for the very prompts on which they are"
                + " measured, and new prompts would do worse."
            : ("Only held-out figures tell of new prompts; they stand on %d prompts. In-sample ones"
                    + " choose occurrences for each prompt by itself, and are lower.")
                .formatted(heldOut));
    caveats.add(
        "What the transcoder does not reconstruct is kept as it is: a circuit is one of the model"
            + " with its errors, not of the transcoder alone.");
    Verdict.failed(table)
        .ifPresent(failed -> caveats.add("There are %s; no mean counts them.".formatted(failed)));
    return caveats;
  }

  /** What a folder or file is called, wherever it lies; one of the hub has its whole address. */
  private static String name(String place) {
    Path path = Path.of(place).getFileName();
    return place.startsWith("hf://") || path == null ? place : path.toString();
  }

  static List<Fact> of(ExportSource source) {
    CampaignStatus status = source.status();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("campaign", status.id()));
    facts.add(new Fact("state", status.state().words()));
    status.finishedAt().ifPresent(at -> facts.add(new Fact("finished", at.toString())));
    facts.add(new Fact("model", name(source.spec().subject().model())));
    facts.add(new Fact("transcoder", name(source.spec().subject().transcoder())));
    source.fingerprint().ifPresent(sha256 -> facts.add(new Fact("fingerprint of both", sha256)));
    facts.add(new Fact("PieCrust", BuildVersion.read()));
    facts.add(
        new Fact(
            "bootstrap",
            "%,d resamples of means, %,d of paired differences, seed %d"
                .formatted(Statistics.RESAMPLES, Resampling.RESAMPLES, Statistics.SEED)));
    return facts;
  }

  /** The spec, with the names of folders and files in place of a machine's paths. */
  static JsonNode spec(ExportSource source) {
    return named(Json.mapper().valueToTree(SpecDocument.tree(source.spec())));
  }

  private static JsonNode named(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.properties().forEach(field -> field.setValue(named(field.getValue())));
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, named(array.get(i)));
      }
    } else if (node.isTextual() && node.textValue().startsWith("/")) {
      return TextNode.valueOf(name(node.textValue()));
    }
    return node;
  }
}
