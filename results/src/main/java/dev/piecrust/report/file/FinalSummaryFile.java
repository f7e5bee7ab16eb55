package dev.piecrust.report.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.report.table.ResultTable.Row;
import dev.piecrust.report.table.ResultTable.TaskTable;
import java.io.IOException;

/**
 * {@code final_summary.json}: means by task, method and budget, and what they say when set beside
 * each other; what is missing is null.
 */
public final class FinalSummaryFile implements ExportPart {
  @Override
  public void write(ExportSource source, ExportFiles files) throws IOException {
    ObjectNode root = Json.mapper().createObjectNode();
    root.put("campaign", source.status().id());
    ObjectNode tasks = root.putObject("tasks");
    for (TaskTable task : source.table().tasks()) {
      ObjectNode node = tasks.putObject(task.task());
      task.accuracy()
          .ifPresent(
              accuracy ->
                  node.putObject("model_accuracy")
                      .put("num_prompts", accuracy.prompts())
                      .put("num_solved", accuracy.solved())
                      .put("solved_only", accuracy.solvedOnly()));
      ObjectNode methods = node.putObject("methods");
      for (Row row : task.rows()) {
        methods.withObjectProperty(row.method()).set(Integer.toString(row.budget()), means(row));
      }
      AnalysisJson.put(task, node);
    }
    files.add("final_summary.json", PrettyJson.of(root));
  }

  private static ObjectNode means(Row row) {
    ObjectNode node = Json.mapper().createObjectNode();
    MeansJson.kl(node, row.klLast());
    MeansJson.others(node, row.klAll(), row.predChanged(), row.faithfulness(), row.completeness());
    MeansJson.ratios(node, row.ratios());
    node.put("num_prompts", row.klLast().n());
    return node;
  }
}
