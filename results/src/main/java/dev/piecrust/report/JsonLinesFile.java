package dev.piecrust.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.report.ResultTable.Row;
import dev.piecrust.report.ResultTable.TaskTable;
import dev.piecrust.report.analysis.HeldOut;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code results.jsonl}, one method at one budget a line, each measure with its interval; and
 * {@code held_out.jsonl}, likewise for circuits on held-out prompts.
 */
final class JsonLinesFile implements ExportPart {
  @Override
  public void write(ExportSource source, ExportFiles files) throws IOException {
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
