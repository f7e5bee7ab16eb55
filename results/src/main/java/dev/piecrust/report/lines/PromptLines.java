package dev.piecrust.report.lines;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.feature.Fidelity;
import dev.piecrust.feature.Prediction;
import dev.piecrust.feature.Predictions;
import dev.piecrust.feature.PromptOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A prompt, and what a method at a budget did on it. */
public final class PromptLines {
  private PromptLines() {}

  /** The prompt itself; texts are null where its outcome has none recorded. */
  public static ObjectNode prompt(PromptOutcome outcome) {
    Optional<Predictions> predictions = outcome.predictions();
    ObjectNode line = Json.mapper().createObjectNode();
    line.put("task", outcome.task());
    line.put("prompt", outcome.index());
    line.put("text", predictions.map(Predictions::text).orElse(null));
    line.put("corrupted_text", predictions.map(Predictions::corruptedText).orElse(null));
    line.put("text_sha1", outcome.textSha1());
    line.put("occurrences", outcome.occurrences());
    expected(line, "clean", predictions.map(Predictions::clean).orElse(List.of()));
    expected(line, "corrupted", predictions.map(Predictions::corrupted).orElse(List.of()));
    line.set("tokens", Json.mapper().valueToTree(predictions.map(Predictions::tokens)));
    line.set(
        "corrupted_tokens",
        Json.mapper().valueToTree(predictions.map(Predictions::corruptedTokens)));
    return line;
  }

  /** One line for each budget, in ascending order. */
  public static List<ObjectNode> outcomes(PromptOutcome outcome) {
    List<ObjectNode> lines = new ArrayList<>();
    for (Map.Entry<Integer, Fidelity> at : outcome.fidelity().entrySet()) {
      Fidelity fidelity = at.getValue();
      ObjectNode line = Json.mapper().createObjectNode();
      line.put("task", outcome.task());
      line.put("prompt", outcome.index());
      line.put("method", outcome.method());
      line.put("k", at.getKey());
      line.put("kl_last", fidelity.klLast());
      line.put("kl_all", fidelity.klAll());
      line.put("pred_changed", fidelity.predChanged());
      line.put("faithfulness", fidelity.faithfulness());
      line.put("completeness", fidelity.completeness());
      expected(
          line,
          "patched",
          outcome
              .predictions()
              .map(all -> all.patched().getOrDefault(at.getKey(), List.of()))
              .orElse(List.of()));
      lines.add(line);
    }
    return lines;
  }

  private static void expected(ObjectNode line, String of, List<Prediction> predictions) {
    Optional<Prediction> first = predictions.stream().findFirst();
    line.put(of + "_token", first.map(Prediction::token).orElse(null));
    line.put(of + "_probability", first.map(Prediction::probability).orElse(null));
  }
}
