package dev.piecrust.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.report.ResultTable.Row;
import dev.piecrust.report.ResultTable.TaskTable;
import java.io.IOException;
import java.util.OptionalDouble;

/** {@code final_summary.json}: means by task, method and budget; what is missing is null. */
final class FinalSummaryFile implements ExportPart {
  @Override
  public void write(ExportSource source, ExportFiles files) throws IOException {
    ObjectNode root = Json.mapper().createObjectNode();
    root.put("campaign", source.status().id());
    ObjectNode tasks = root.putObject("tasks");
    for (TaskTable task : source.table().tasks()) {
      ObjectNode methods = tasks.putObject(task.task()).putObject("methods");
      for (Row row : task.rows()) {
        methods.withObjectProperty(row.method()).set(Integer.toString(row.budget()), means(row));
      }
    }
    files.add("final_summary.json", PrettyJson.of(root));
  }

  private static ObjectNode means(Row row) {
    ObjectNode node = Json.mapper().createObjectNode();
    put(node, "mean_kl_last", row.klLast().mean());
    put(node, "std_kl_last", row.klLast().sd());
    ArrayNode interval = node.putArray("ci95_kl_last");
    row.klLast().low().ifPresent(interval::add);
    row.klLast().high().ifPresent(interval::add);
    put(node, "mean_kl_all", row.klAll().mean());
    put(node, "std_kl_all", row.klAll().sd());
    put(node, "prediction_change_rate", row.predChanged().mean());
    put(node, "mean_faithfulness", row.faithfulness().mean());
    node.put("num_faithfulness", row.faithfulness().n());
    put(node, "mean_completeness", row.completeness().mean());
    node.put("num_completeness", row.completeness().n());
    node.put("num_prompts", row.klLast().n());
    return node;
  }

  private static void put(ObjectNode node, String key, OptionalDouble value) {
    if (value.isPresent()) {
      node.put(key, value.getAsDouble());
    } else {
      node.putNull(key);
    }
  }
}
