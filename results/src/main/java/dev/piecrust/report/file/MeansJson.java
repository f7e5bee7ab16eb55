package dev.piecrust.report.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.report.analysis.Estimate;
import dev.piecrust.report.analysis.Ratios;
import java.util.OptionalDouble;

/** Writes means the way the paper's files name them; what is missing is null. */
final class MeansJson {
  private MeansJson() {}

  /** Mean, deviation and interval of a KL. */
  static void kl(ObjectNode node, Estimate klLast) {
    put(node, "mean_kl_last", klLast.mean());
    put(node, "std_kl_last", klLast.sd());
    ArrayNode interval = node.putArray("ci95_kl_last");
    klLast.low().ifPresent(interval::add);
    klLast.high().ifPresent(interval::add);
  }

  /** The measures beside the KL at the last position, and how many prompts they stand on. */
  static void others(
      ObjectNode node,
      Estimate klAll,
      Estimate predChanged,
      Estimate faithfulness,
      Estimate completeness) {
    put(node, "mean_kl_all", klAll.mean());
    put(node, "std_kl_all", klAll.sd());
    put(node, "prediction_change_rate", predChanged.mean());
    put(node, "mean_faithfulness", faithfulness.mean());
    node.put("num_faithfulness", faithfulness.n());
    put(node, "mean_completeness", completeness.mean());
    node.put("num_completeness", completeness.n());
  }

  /** Ratios of means, beside the means of ratios. */
  static void ratios(ObjectNode node, Ratios ratios) {
    ratio(node, "faithfulness_of_means", ratios.faithfulness());
    ratio(node, "completeness_of_means", ratios.completeness());
    ratio(node, "metric_recovered", ratios.recovered());
  }

  /** A number with its interval. */
  static void ratio(ObjectNode node, String key, Estimate estimate) {
    put(node, key, estimate.mean());
    ArrayNode interval = node.putArray("ci95_" + key);
    estimate.low().ifPresent(interval::add);
    estimate.high().ifPresent(interval::add);
  }

  static void put(ObjectNode node, String key, OptionalDouble value) {
    if (value.isPresent()) {
      node.put(key, value.getAsDouble());
    } else {
      node.putNull(key);
    }
  }
}
