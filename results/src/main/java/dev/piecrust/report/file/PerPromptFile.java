package dev.piecrust.report.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.feature.Fidelity;
import dev.piecrust.feature.PromptOutcome;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code per_prompt_merged.jsonl}: one prompt under one method a line (docs/architecture.md §8).
 */
public final class PerPromptFile implements ExportPart {
  private @Nullable Streamed lines;

  @Override
  public void prepare(ExportSource source, ExportFiles files) throws IOException {
    lines =
        new Streamed(
            files,
            "per_prompt_merged.jsonl",
            "",
            (outcome, out) -> out.append(Json.write(line(outcome))).append('\n'));
    source.reads(lines);
  }

  @Override
  public void write(ExportSource source, ExportFiles files) throws IOException {
    Objects.requireNonNull(lines).end();
  }

  private static ObjectNode line(PromptOutcome outcome) {
    ObjectNode line = Json.mapper().createObjectNode();
    line.put("task", outcome.task());
    line.put("global_idx", outcome.index());
    line.put("text_sha1", outcome.textSha1());
    line.put("method", outcome.method());
    line.put("n_enc_occ", outcome.occurrences());
    measure(line, "kl_by_k", outcome, Fidelity::klLast);
    measure(line, "kl_all_by_k", outcome, Fidelity::klAll);
    changed(line, outcome);
    measure(line, "faithfulness_by_k", outcome, Fidelity::faithfulness);
    measure(line, "completeness_by_k", outcome, Fidelity::completeness);
    ObjectNode kept = line.putObject("kept_by_k");
    outcome.kept().forEach((budget, all) -> kept.putPOJO(budget.toString(), all));
    line.putPOJO("kept_fids_max_k", largestKeepSet(outcome));
    return line;
  }

  private static void measure(
      ObjectNode line,
      String key,
      PromptOutcome outcome,
      Function<Fidelity, @Nullable Double> measure) {
    ObjectNode values = line.putObject(key);
    outcome
        .fidelity()
        .forEach((budget, fidelity) -> values.put(budget.toString(), measure.apply(fidelity)));
  }

  /** 0 or 1 as whole numbers, and shares (of several seeds) as they are. */
  private static void changed(ObjectNode line, PromptOutcome outcome) {
    ObjectNode values = line.putObject("pred_changed_by_k");
    BiConsumer<Integer, Fidelity> put =
        (budget, fidelity) -> {
          double share = fidelity.predChanged();
          if (share == Math.rint(share)) {
            values.put(budget.toString(), (long) share);
          } else {
            values.put(budget.toString(), share);
          }
        };
    outcome.fidelity().forEach(put);
  }

  private static List<Long> largestKeepSet(PromptOutcome outcome) {
    return outcome.kept().values().stream()
        .reduce((smaller, larger) -> larger)
        .orElse(List.of())
        .stream()
        .map(kept -> kept.id().cantor())
        .distinct()
        .sorted()
        .toList();
  }
}
