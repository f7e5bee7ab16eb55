package dev.piecrust.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.report.analysis.HeldOut;

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

  static ObjectNode of(HeldOut.Row row) {
    ObjectNode node = Json.mapper().createObjectNode();
    MeansJson.kl(node, row.klLast());
    MeansJson.others(node, row.klAll(), row.predChanged(), row.faithfulness(), row.completeness());
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
