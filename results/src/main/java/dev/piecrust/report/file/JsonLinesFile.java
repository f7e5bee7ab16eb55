package dev.piecrust.report.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.activity.FeatureStages;
import dev.piecrust.activity.FeatureUnit;
import dev.piecrust.campaign.Json;
import dev.piecrust.feature.ActivatedText;
import dev.piecrust.feature.Evidence;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.RatedContinuation;
import dev.piecrust.feature.RatedSample;
import dev.piecrust.report.analysis.HeldOut;
import dev.piecrust.report.lines.FeatureLines;
import dev.piecrust.report.lines.PromptLines;
import dev.piecrust.report.table.ListedFeatures.Listed;
import dev.piecrust.report.table.ResultTable.Row;
import dev.piecrust.report.table.ResultTable.TaskTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The campaign as lines of JSON, one thing a line (docs/exports.md has every column): {@code
 * results.jsonl} and {@code held_out.jsonl}, the means; {@code prompts.jsonl} and {@code
 * outcomes.jsonl}, single prompts; {@code features.jsonl} and, as far as the campaign went, {@code
 * evidence.jsonl}, {@code written.jsonl}, {@code ratings.jsonl} and {@code steered.jsonl}.
 */
public final class JsonLinesFile implements ExportPart {
  private @Nullable Streamed prompts;
  private @Nullable Streamed outcomes;

  @Override
  public void prepare(ExportSource source, ExportFiles files) throws IOException {
    String first = source.spec().prune().promptMethods().get(0).label();
    prompts =
        new Streamed(
            files,
            "prompts.jsonl",
            "",
            (outcome, out) -> {
              if (outcome.method().equals(first)) {
                add(PromptLines.prompt(outcome), out);
              }
            });
    outcomes =
        new Streamed(
            files,
            "outcomes.jsonl",
            "",
            (outcome, out) -> {
              for (ObjectNode line : PromptLines.outcomes(outcome)) {
                add(line, out);
              }
            });
    source.reads(prompts);
    source.reads(outcomes);
    source.reads(source.listed());
  }

  @Override
  public void write(ExportSource source, ExportFiles files) throws IOException {
    means(source, files);
    Objects.requireNonNull(prompts).end();
    Objects.requireNonNull(outcomes).end();
    List<Listed> features = source.listed().of(source.features());
    files.add(
        "features.jsonl",
        out -> {
          for (Listed listed : features) {
            add(
                FeatureLines.feature(
                    listed.feature(), listed.kept(), listed.tasks(), listed.meaning()),
                out);
          }
        });
    if (source.spec().interpret().isPresent()) {
      texts(
          "evidence.jsonl",
          FeatureStages.EVIDENCE,
          Evidence.class,
          JsonLinesFile::windows,
          source,
          files);
    }
    if (source.spec().evaluate().isPresent()) {
      texts(
          "written.jsonl",
          FeatureStages.ACTIVATE,
          ActivatedText.class,
          each(FeatureLines::written),
          source,
          files);
      texts(
          "ratings.jsonl",
          FeatureStages.RATE,
          RatedSample.class,
          each(FeatureLines::rating),
          source,
          files);
      texts(
          "steered.jsonl",
          FeatureStages.RATE_STEERED,
          RatedContinuation.class,
          each(FeatureLines::steered),
          source,
          files);
    }
  }

  private static void add(ObjectNode line, Appendable out) throws IOException {
    out.append(Json.write(line)).append('\n');
  }

  private static List<ObjectNode> windows(FeatureId feature, Evidence evidence) {
    return evidence.examples().stream()
        .map(example -> FeatureLines.window(feature, example))
        .toList();
  }

  private static <T> BiFunction<FeatureId, T, List<ObjectNode>> each(
      BiFunction<FeatureId, T, ObjectNode> line) {
    return line.andThen(List::of);
  }

  /** What a stage left behind of each feature, a feature at a time. */
  private static <T> void texts(
      String name,
      String stage,
      Class<T> type,
      BiFunction<FeatureId, T, List<ObjectNode>> lines,
      ExportSource source,
      ExportFiles files)
      throws IOException {
    files.add(
        name,
        out -> {
          for (Listed listed : source.listed().of(source.features())) {
            FeatureUnit unit = new FeatureUnit(source.status().id(), listed.feature());
            for (T found : source.stages().ofUnit(unit, stage, type)) {
              for (ObjectNode line : lines.apply(listed.feature(), found)) {
                add(line, out);
              }
            }
          }
        });
  }

  private static void means(ExportSource source, ExportFiles files) throws IOException {
    String campaign = source.status().id();
    List<String> results = new ArrayList<>();
    List<String> heldOut = new ArrayList<>();
    for (TaskTable task : source.table().tasks()) {
      task.rows().forEach(row -> results.add(Json.write(line(campaign, task.task(), row))));
      task.analysis()
          .heldOut()
          .rows()
          .forEach(row -> heldOut.add(Json.write(circuit(campaign, task.task(), row))));
    }
    files.add("results.jsonl", ExportPart.lines(results));
    files.add("held_out.jsonl", ExportPart.lines(heldOut));
  }

  private static ObjectNode line(String campaign, String task, Row row) {
    ObjectNode line = Json.mapper().createObjectNode();
    line.put("campaign", campaign);
    line.put("task", task);
    line.put("method", row.method());
    line.put("k", row.budget());
    line.set("kl_last", Json.mapper().valueToTree(row.klLast()));
    line.set("kl_all", Json.mapper().valueToTree(row.klAll()));
    line.set("pred_changed", Json.mapper().valueToTree(row.predChanged()));
    line.set("faithfulness", Json.mapper().valueToTree(row.faithfulness()));
    line.set("completeness", Json.mapper().valueToTree(row.completeness()));
    return line;
  }

  private static ObjectNode circuit(String campaign, String task, HeldOut.Row row) {
    ObjectNode line = Json.mapper().createObjectNode();
    line.put("campaign", campaign);
    line.put("task", task);
    line.put("method", row.method());
    line.put("ranking", row.ranking());
    line.put("n_features", row.budget());
    line.set("kl_last", Json.mapper().valueToTree(row.klLast()));
    line.set("kl_all", Json.mapper().valueToTree(row.klAll()));
    line.set("pred_changed", Json.mapper().valueToTree(row.predChanged()));
    line.set("faithfulness", Json.mapper().valueToTree(row.faithfulness()));
    line.set("completeness", Json.mapper().valueToTree(row.completeness()));
    line.set("occurrences", Json.mapper().valueToTree(row.occurrences()));
    line.set("per_prompt_kl_last", Json.mapper().valueToTree(row.perPrompt()));
    return line;
  }
}
