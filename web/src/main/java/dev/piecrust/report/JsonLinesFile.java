package dev.piecrust.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.report.ResultTable.Row;
import dev.piecrust.report.ResultTable.TaskTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code results.jsonl}: one method at one budget a line, each measure with its interval. */
final class JsonLinesFile implements ExportPart {
  @Override
  public void write(ExportSource source, ExportFiles files) throws IOException {
    List<String> lines = new ArrayList<>();
    for (TaskTable task : source.table().tasks()) {
      for (Row row : task.rows()) {
        lines.add(Json.write(line(source.status().id(), task.task(), row)));
      }
    }
    files.add("results.jsonl", ExportPart.lines(lines));
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
}
