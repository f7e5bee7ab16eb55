package dev.piecrust.report.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.report.analysis.BudgetEstimate;
import dev.piecrust.report.analysis.Comparison;
import dev.piecrust.report.analysis.Compression;
import dev.piecrust.report.analysis.EffectiveBudget;
import dev.piecrust.report.analysis.Overlap;
import dev.piecrust.report.analysis.Reference;
import dev.piecrust.report.table.ResultTable.TaskTable;

/**
 * A task's analysis for {@code final_summary.json}. A budget is {@code {"at": K}} on the curve, and
 * {@code {"below": K}} or {@code {"above": K}} past its ends.
 */
final class AnalysisJson {
  private AnalysisJson() {}

  /** Adds the task's analysis to what is said of it already. */
  static void put(TaskTable table, ObjectNode task) {
    task.set("held_out", HeldOutJson.of(table.analysis().heldOut()));
    task.set("areas", HeldOutJson.areas(table.analysis().heldOut()));
    ObjectNode effective = task.putObject("effective_budget");
    for (EffectiveBudget e : table.analysis().effective()) {
      at(effective, e.method(), e.budget()).set(e.other(), effective(e));
    }
    ObjectNode compression = task.putObject("compression");
    for (Compression c : table.analysis().compressions()) {
      compression(c, at(compression, c.method(), c.budget()));
    }
    ObjectNode bootstrap = task.putObject("bootstrap");
    for (Comparison c : table.analysis().comparisons()) {
      at(bootstrap, c.method(), c.budget()).set(c.other(), comparison(c));
    }
    ObjectNode jaccard = task.putObject("jaccard");
    for (Overlap o : table.analysis().overlaps()) {
      at(jaccard, o.method(), o.budget()).set(o.other(), overlap(o));
    }
    ObjectNode paper = task.putObject("paper");
    for (Reference r : table.paper()) {
      ObjectNode node = at(paper, r.method(), r.budget()).put("mean_kl_last", r.klLast());
      r.sd().ifPresent(sd -> node.put("std_kl_last", sd));
    }
  }

  private static ObjectNode at(ObjectNode root, String method, int budget) {
    return root.withObjectProperty(method).withObjectProperty(Integer.toString(budget));
  }

  private static ObjectNode effective(EffectiveBudget effective) {
    ObjectNode node = budget(effective.at());
    ArrayNode interval = node.putArray("ci95");
    effective.low().map(AnalysisJson::budget).ifPresent(interval::add);
    effective.high().map(AnalysisJson::budget).ifPresent(interval::add);
    return node;
  }

  private static ObjectNode budget(BudgetEstimate estimate) {
    return Json.mapper().createObjectNode().put(estimate.kind(), estimate.budget());
  }

  private static void compression(Compression c, ObjectNode node) {
    node.put("is", c.kind());
    MeansJson.put(node, "times", c.times().mean());
    ArrayNode interval = node.putArray("ci95");
    c.times().low().ifPresent(interval::add);
    c.times().high().ifPresent(interval::add);
    node.put("num_prompts", c.prompts());
    node.put("num_only_with_everything", c.everything());
    node.put("num_below", c.below());
  }

  private static ObjectNode comparison(Comparison c) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("mean_difference", c.difference());
    node.putArray("ci95").add(c.low()).add(c.high());
    node.put("two_sided_share", c.share());
    return node.put("num_prompts", c.prompts());
  }

  private static ObjectNode overlap(Overlap o) {
    return Json.mapper()
        .createObjectNode()
        .put("occurrences", o.occurrences())
        .put("features", o.features())
        .put("num_prompts", o.prompts());
  }
}
