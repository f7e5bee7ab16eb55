package dev.piecrust.report;

import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.feature.CircuitOutcome;
import dev.piecrust.feature.FeatureStats;
import dev.piecrust.report.ResultTable.TaskTable;
import dev.piecrust.report.analysis.HeldOut;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * {@code circuits.csv}, means over held-out prompts beside the per-prompt answer; {@code
 * circuits_per_prompt.csv}, every prompt of every share; and {@code features.csv}.
 */
final class CircuitCsv implements ExportPart {
  @Override
  public void write(ExportSource source, ExportFiles files) throws IOException {
    files.add("circuits.csv", ExportPart.lines(means(source)));
    files.add("circuits_per_prompt.csv", ExportPart.lines(prompts(source)));
    files.add("features.csv", out -> features(source, out));
  }

  private static List<String> means(ExportSource source) {
    List<String> lines = new ArrayList<>();
    List<String> measures = new ArrayList<>(CsvFiles.MEASURES);
    measures.addAll(List.of("occurrences", "per_prompt_kl_last"));
    lines.add("task,method,ranking,n_features," + Csv.header(measures));
    for (TaskTable task : source.table().tasks()) {
      for (HeldOut.Row row : task.analysis().heldOut().rows()) {
        lines.add(
            Csv.line(
                task.task(),
                row.method(),
                row.ranking(),
                row.budget(),
                Csv.estimate(row.klLast()),
                Csv.estimate(row.klAll()),
                Csv.estimate(row.predChanged()),
                Csv.estimate(row.faithfulness()),
                Csv.estimate(row.completeness()),
                Csv.estimate(row.occurrences()),
                row.perPrompt().map(Csv::estimate).orElse(",,,,0")));
      }
    }
    return lines;
  }

  private static List<String> prompts(ExportSource source) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "task,prompt,share,method,ranking,n_features,occurrences,"
            + String.join(",", CsvFiles.MEASURES));
    for (CircuitOutcome o : source.circuitOutcomes()) {
      lines.add(
          Csv.line(
              o.task(),
              o.index(),
              o.share(),
              o.method(),
              o.ranking(),
              o.budget(),
              o.kept(),
              CsvFiles.measures(o.fidelity())));
    }
    return lines;
  }

  private static void features(ExportSource source, Appendable out) throws IOException {
    List<Integer> budgets = source.spec().prune().budgets();
    out.append("task,method,id,layer,feature,prompts,seen_count,")
        .append(budgets.stream().map(k -> "kept_count_k" + k).collect(Collectors.joining(",")))
        .append(",mean_abs_score,mean_score,top_positions\n");
    for (TaskSpec task : source.spec().tasks()) {
      source
          .circuits()
          .forEachFeature(task.name(), stats -> out.append(line(stats, budgets)).append('\n'));
    }
  }

  private static String line(FeatureStats stats, List<Integer> budgets) {
    return Csv.line(
        stats.task(),
        stats.method(),
        stats.feature().cantor(),
        stats.feature().layer(),
        stats.feature().index(),
        stats.prompts(),
        stats.seen(),
        budgets.stream()
            .map(k -> Integer.toString(stats.kept().getOrDefault(k, 0)))
            .collect(Collectors.joining(",")),
        stats.meanAbsScore(),
        stats.meanScore(),
        stats.positions().stream().map(String::valueOf).collect(Collectors.joining(" ")));
  }
}
