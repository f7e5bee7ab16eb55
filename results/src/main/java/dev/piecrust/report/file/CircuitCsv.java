package dev.piecrust.report.file;

import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.feature.FeatureStats;
import dev.piecrust.report.analysis.Estimate;
import dev.piecrust.report.analysis.HeldOut;
import dev.piecrust.report.analysis.MetricArea;
import dev.piecrust.report.table.ResultTable.TaskTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * {@code circuits.csv}, means over held-out prompts beside the per-prompt answer; {@code
 * circuits_per_prompt.csv}, every prompt of every share; {@code areas.csv} and {@code curves.csv},
 * the metric over all sizes; and {@code features.csv}.
 */
public final class CircuitCsv implements ExportPart {
  @Override
  public void write(ExportSource source, ExportFiles files) throws IOException {
    files.addCsv("circuits.csv", csv -> means(source, csv));
    try {
      files.addCsv("circuits_per_prompt.csv", csv -> prompts(source, csv));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    files.addCsv("areas.csv", csv -> areas(source, csv));
    files.addCsv("curves.csv", csv -> curves(source, csv));
    files.addCsv("features.csv", csv -> features(source, csv));
  }

  private static void areas(ExportSource source, Csv csv) throws IOException {
    csv.record(
        List.of(
            "task,method,ranking,sample,units,errors,n,cpr,ci95_low_cpr,ci95_high_cpr,cmd,ci95_low_cmd,ci95_high_cmd"
                .split(",")));
    for (TaskTable task : source.table().tasks()) {
      for (MetricArea area : task.analysis().heldOut().areas()) {
        csv.record(names(task, area), area.cpr().n(), ends(area.cpr()), ends(area.cmd()));
      }
    }
  }

  private static void curves(ExportSource source, Csv csv) throws IOException {
    csv.record(
        List.of(
            "task,method,ranking,sample,units,errors,n,share,mean_kept,faithfulness,ci95_low,ci95_high"
                .split(",")));
    for (TaskTable task : source.table().tasks()) {
      for (MetricArea area : task.analysis().heldOut().areas()) {
        for (MetricArea.Point point : area.curve()) {
          csv.record(
              names(task, area),
              point.faithfulness().n(),
              point.share(),
              point.kept(),
              ends(point.faithfulness()));
        }
      }
    }
  }

  private static List<String> names(TaskTable task, MetricArea area) {
    return List.of(
        task.task(), area.method(), area.ranking(), area.sample(), area.units(), area.errors());
  }

  private static List<OptionalDouble> ends(Estimate estimate) {
    return List.of(estimate.mean(), estimate.low(), estimate.high());
  }

  private static void means(ExportSource source, Csv csv) throws IOException {
    List<String> measures = new ArrayList<>(CsvFiles.MEASURES);
    measures.addAll(List.of("occurrences", "per_prompt_kl_last"));
    measures.addAll(CsvFiles.RATIOS);
    csv.record("task", "method", "ranking", "n_features", Csv.columns(measures));
    for (TaskTable task : source.table().tasks()) {
      for (HeldOut.Row row : task.analysis().heldOut().rows()) {
        csv.record(
            task.task(),
            row.method(),
            row.ranking(),
            row.budget(),
            row.klLast(),
            row.klAll(),
            row.predChanged(),
            row.faithfulness(),
            row.completeness(),
            row.occurrences(),
            row.perPrompt().orElse(Estimate.NONE),
            Csv.ratios(row.ratios()));
      }
    }
  }

  private static void prompts(ExportSource source, Csv csv) throws IOException {
    csv.record(
        "task",
        "prompt",
        "share",
        "method",
        "ranking",
        "n_features",
        "occurrences",
        CsvFiles.MEASURES,
        CsvFiles.METRIC);
    source.forEachCircuitOutcome(
        o -> {
          try {
            csv.record(
                o.task(),
                o.index(),
                o.share(),
                o.method(),
                o.ranking(),
                o.budget(),
                o.kept(),
                o.fidelity(),
                Csv.metric(o.fidelity()));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static void features(ExportSource source, Csv csv) throws IOException {
    List<Integer> budgets = source.spec().prune().budgets();
    csv.record(
        "task",
        "method",
        "id",
        "layer",
        "feature",
        "prompts",
        "seen_count",
        budgets.stream().map(k -> "kept_count_k" + k).toList(),
        "mean_abs_score",
        "mean_score",
        "top_positions");
    for (TaskSpec task : source.spec().tasks()) {
      source.circuits().forEachFeature(task.name(), stats -> line(stats, budgets, csv));
    }
  }

  private static void line(FeatureStats stats, List<Integer> budgets, Csv csv) throws IOException {
    csv.record(
        stats.task(),
        stats.method(),
        stats.feature().cantor(),
        stats.feature().layer(),
        stats.feature().index(),
        stats.prompts(),
        stats.seen(),
        budgets.stream().map(k -> stats.kept().getOrDefault(k, 0)).toList(),
        stats.meanAbsScore(),
        stats.meanScore(),
        stats.positions().stream().map(String::valueOf).collect(Collectors.joining(" ")));
  }
}
