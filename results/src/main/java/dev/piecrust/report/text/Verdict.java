package dev.piecrust.report.text;

import dev.piecrust.campaign.CampaignState;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.report.analysis.Estimate;
import dev.piecrust.report.meaning.FeatureTable;
import dev.piecrust.report.meaning.FeatureTable.MetricMean;
import dev.piecrust.report.table.ResultTable;
import dev.piecrust.report.table.ResultTable.Failure;
import dev.piecrust.report.table.ResultTable.TaskTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What came out of a campaign, in five lines: what was kept, what it means, how good that is, what
 * it cost, and what to do next. The figures are those of the tables.
 */
public final class Verdict {
  private static final int DESCRIPTION = 60;

  private Verdict() {}

  /**
   * One of the five.
   *
   * @param sentences one or more; of what was kept, one for each task
   */
  public record Line(String title, List<String> sentences) {
    public Line {
      sentences = List.copyOf(sentences);
    }
  }

  /**
   * How whoever reads it goes on.
   *
   * @param pages what leads to the campaign's page, in words; may be empty
   * @param option that every command needs; may be empty
   */
  public record Way(String pages, String option) {}

  /**
   * The lines, always these five.
   *
   * @param took how long the campaign took, in words
   */
  public static List<Line> of(ResultTable table, String took, Way way) {
    return Stream.concat(
            found(table, ", " + took).stream(),
            Stream.of(new Line("next", List.of(next(table, way)))))
        .toList();
  }

  /** The first four, for whoever reads them later. */
  public static List<Line> found(ResultTable table) {
    return found(table, "");
  }

  private static List<Line> found(ResultTable table, String took) {
    return List.of(
        new Line("kept", table.tasks().stream().map(Verdict::kept).toList()),
        new Line("meaning", List.of(table.features().map(Verdict::meaning).orElse(NO_MEANING))),
        new Line("scores", List.of(table.features().map(Verdict::scores).orElse(NO_SCORES))),
        new Line("cost", List.of(cost(table) + took)));
  }

  private static final String NO_MEANING =
      "no features were explained: the spec has no 'interpret'";
  private static final String NO_SCORES = "nothing was evaluated: the spec has no 'evaluate'";

  private static String kept(TaskTable task) {
    return task.task() + ": " + Findings.of(task).get(0);
  }

  private static String meaning(FeatureTable features) {
    return FeatureText.sentence(features)
        + features.rows().stream().findFirst().map(Verdict::first).orElse("");
  }

  private static String first(FeatureTable.Row row) {
    FeatureId feature = row.selected().feature();
    return " First in rank, L%d/%d (%d occurrences kept): %s"
        .formatted(
            feature.layer(),
            feature.index(),
            row.selected().kept(),
            FeatureText.description(row, DESCRIPTION));
  }

  private static String scores(FeatureTable features) {
    return features.evaluated()
        ? "FADE, means over features with a score: "
            + features.means().stream().map(Verdict::score).collect(Collectors.joining(", "))
        : NO_SCORES;
  }

  private static String score(MetricMean mean) {
    Estimate scored = mean.estimate();
    return "%s %s on %d of %d%s"
        .formatted(
            mean.metric().label(),
            Figures.withHalfWidth(scored, false),
            scored.n(),
            scored.n() + scored.missing(),
            mean.unscored().isEmpty() ? "" : " (" + FeatureText.reasons(mean) + ")");
  }

  private static String cost(ResultTable table) {
    return table
        .features()
        .map(features -> SpendText.facts(features.spend()))
        .orElse("no language model was asked");
  }

  private static String next(ResultTable table, Way way) {
    List<String> steps = new ArrayList<>();
    if (table.state() == CampaignState.PAUSED_FOR_BUDGET) {
      steps.add(command("budget", table, " --usd X", way) + " to go on");
    }
    failed(table)
        .ifPresent(failed -> steps.add(command("retry", table, "", way) + " for " + failed));
    if (!way.pages().isEmpty()) {
      steps.add(way.pages());
    }
    steps.add(command("export", table, " --format html --out DIR", way));
    steps.add(command("watch", table, " --tables", way));
    return String.join("; ", steps);
  }

  private static String command(String name, ResultTable table, String options, Way way) {
    return "./piecrust " + name + " " + table.campaign() + options + way.option();
  }

  /** What has no result, in words; empty where there is nothing. */
  public static Optional<String> failed(ResultTable table) {
    int prompts = table.failedPrompts();
    long others = table.failures().stream().map(Failure::prompts).filter(n -> n == 0).count();
    List<String> parts = new ArrayList<>();
    if (prompts > 0) {
      parts.add(prompts + (prompts == 1 ? " prompt" : " prompts"));
    }
    if (others > 0) {
      parts.add(others + (others == 1 ? " unit" : " units"));
    }
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(String.join(" and ", parts) + " without a result");
  }
}
