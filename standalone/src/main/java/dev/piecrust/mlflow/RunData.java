package dev.piecrust.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.report.analysis.Estimate;
import dev.piecrust.report.analysis.HeldOut;
import dev.piecrust.report.table.ResultTable;
import dev.piecrust.report.table.ResultTable.TaskTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A campaign in MLflow's words: parameters are what was asked, metrics what came out. */
final class RunData {
  /** MLflow's own limit of older versions. */
  private static final int LONGEST_VALUE = 500;

  private RunData() {}

  /**
   * A number.
   *
   * @param step the budget; 0 for what has none
   */
  record Metric(String key, double value, int step) {}

  /** The values of a spec by their paths, such as {@code prune.methods}; lists are one value. */
  static SortedMap<String, String> parameters(JsonNode spec) {
    SortedMap<String, String> parameters = new TreeMap<>();
    add("", spec, parameters);
    return Collections.unmodifiableSortedMap(parameters);
  }

  private static void add(String path, JsonNode node, SortedMap<String, String> parameters) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              field ->
                  add(
                      path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                      field.getValue(),
                      parameters));
    } else if (node.isArray() && !node.isEmpty() && node.get(0).isObject()) {
      for (int i = 0; i < node.size(); i++) {
        add(path + "." + i, node.get(i), parameters);
      }
    } else if (!node.isNull()) {
      parameters.put(key(path), value(node));
    }
  }

  private static String value(JsonNode node) {
    List<String> words = new ArrayList<>();
    (node.isArray() ? node : List.of(node)).forEach(one -> words.add(one.asText()));
    String value = String.join(", ", words);
    return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE - 1) + "…";
  }

  /**
   * Means by task, method and measure with the budget as the step, and both ends of their
   * intervals; circuits on held-out prompts beside them; means of scores; and money.
   *
   * @param usd spent on language models
   */
  static List<Metric> metrics(ResultTable table, double usd) {
    List<Metric> metrics = new ArrayList<>();
    for (TaskTable task : table.tasks()) {
      for (ResultTable.Row row : task.rows()) {
        String of = task.task() + "/" + row.method() + "/";
        measure(of + "kl_last", row.budget(), row.klLast(), metrics);
        measure(of + "kl_all", row.budget(), row.klAll(), metrics);
        measure(of + "pred_changed", row.budget(), row.predChanged(), metrics);
        measure(of + "faithfulness", row.budget(), row.faithfulness(), metrics);
        measure(of + "completeness", row.budget(), row.completeness(), metrics);
      }
      for (HeldOut.Row row : task.analysis().heldOut().rows()) {
        String of = "%s/held-out/%s/%s/".formatted(task.task(), row.method(), row.ranking());
        measure(of + "kl_last", row.budget(), row.klLast(), metrics);
        measure(of + "pred_changed", row.budget(), row.predChanged(), metrics);
        measure(of + "faithfulness", row.budget(), row.faithfulness(), metrics);
        measure(of + "completeness", row.budget(), row.completeness(), metrics);
      }
    }
    table
        .features()
        .ifPresent(
            features ->
                features
                    .means()
                    .forEach(
                        mean ->
                            measure("fade/" + mean.metric().label(), 0, mean.estimate(), metrics)));
    metrics.add(new Metric("usd", usd, 0));
    return metrics;
  }

  private static void measure(String name, int step, Estimate estimate, List<Metric> metrics) {
    String key = key(name);
    estimate.mean().ifPresent(mean -> metrics.add(new Metric(key, mean, step)));
    estimate.low().ifPresent(low -> metrics.add(new Metric(key + "_low", low, step)));
    estimate.high().ifPresent(high -> metrics.add(new Metric(key + "_high", high, step)));
  }

  /** MLflow takes letters, digits and a few signs. */
  private static String key(String name) {
    return name.replaceAll("[^A-Za-z0-9_./ -]", "_").replaceAll("^\\.+", "_");
  }

  /** What MLflow calls a campaign's state. */
  static String status(CampaignState state) {
    return switch (state) {
      case FINISHED, FINISHED_WITH_FAILURES -> "FINISHED";
      case FAILED -> "FAILED";
      case CANCELLED -> "KILLED";
      default -> "RUNNING";
    };
  }
}
