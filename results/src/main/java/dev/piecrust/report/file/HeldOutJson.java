package dev.piecrust.report.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.report.analysis.HeldOut;
import dev.piecrust.report.analysis.MetricArea;

/**
 * Circuits on held-out prompts: by method, ranking and budget, each beside the per-prompt answer.
 */
final class HeldOutJson {
  private HeldOutJson() {}

  static ObjectNode of(HeldOut heldOut) {
    ObjectNode root = Json.mapper().createObjectNode();
    root.put("num_prompts", heldOut.prompts());
    ObjectNode methods = root.putObject("methods");
    for (HeldOut.Row row : heldOut.rows()) {
      methods
          .withObjectProperty(row.method())
          .withObjectProperty(row.ranking())
          .set(Integer.toString(row.budget()), of(row));
    }
    return root;
  }

  /** By method, sample and what becomes of error terms. */
  static ObjectNode areas(HeldOut heldOut) {
    ObjectNode root = Json.mapper().createObjectNode();
    for (MetricArea area : heldOut.areas()) {
      ObjectNode node =
          root.withObjectProperty(area.method())
              .withObjectProperty(area.heldOut() ? "held_out" : "in_sample")
              .withObjectProperty("errors_" + area.errors());
      MeansJson.ratio(node, "cpr", area.cpr());
      MeansJson.ratio(node, "cmd", area.cmd());
      node.put("units", area.units()).put("ranking", area.ranking());
      node.put("num_prompts", area.cpr().n());
    }
    return root;
  }

  static ObjectNode of(HeldOut.Row row) {
    ObjectNode node = Json.mapper().createObjectNode();
    MeansJson.kl(node, row.klLast());
    MeansJson.others(node, row.klAll(), row.predChanged(), row.faithfulness(), row.completeness());
    MeansJson.ratios(node, row.ratios());
    MeansJson.put(node, "mean_occurrences", row.occurrences().mean());
    node.put("num_prompts", row.klLast().n());
    node.putNull("per_prompt");
    row.perPrompt()
        .ifPresent(
            own -> {
              ObjectNode beside = node.putObject("per_prompt");
              MeansJson.kl(beside, own);
              beside.put("num_prompts", own.n());
            });
    return node;
  }
}
