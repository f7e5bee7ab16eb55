package dev.piecrust.report;

import dev.piecrust.campaign.CampaignState;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.report.ResultTable.Failure;
import dev.piecrust.report.ResultTable.Row;
import dev.piecrust.report.ResultTable.TaskTable;
import dev.piecrust.report.analysis.Comparison;
import dev.piecrust.report.analysis.Estimate;
import dev.piecrust.report.analysis.HeldOut;
import dev.piecrust.report.meaning.FeatureTable;
import dev.piecrust.report.meaning.FeatureTable.MetricMean;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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
    return List.of(
        new Line("kept", table.tasks().stream().map(Verdict::kept).toList()),
        new Line("meaning", List.of(table.features().map(Verdict::meaning).orElse(NO_MEANING))),
        new Line("scores", List.of(table.features().map(Verdict::scores).orElse(NO_SCORES))),
        new Line("cost", List.of(cost(table) + ", " + took)),
        new Line("next", List.of(next(table, way))));
  }

  private static final String NO_MEANING =
      "no features were explained: the spec has no 'interpret'";
  private static final String NO_SCORES = "nothing was evaluated: the spec has no 'evaluate'";

  private static String kept(TaskTable task) {
    List<HeldOut.Row> circuits =
        Focus.ranked(task.analysis().heldOut().rows(), HeldOut.Row::budget, HeldOut.Row::klLast, 1);
    if (!circuits.isEmpty()) {
      return task.task() + ": " + heldOut(circuits);
    }
    List<Row> answers = Focus.ranked(Focus.inSpec(task), Row::budget, Row::klLast, 1);
    return task.task()
        + ": "
        + (answers.isEmpty() ? "no prompt has a result" : inSample(task, answers));
  }

  /**
   * @param circuits at one budget, the best first
   */
  private static String heldOut(List<HeldOut.Row> circuits) {
    HeldOut.Row best = circuits.get(0);
    long alike =
        circuits.stream().skip(1).filter(other -> overlap(best.klLast(), other.klLast())).count();
    return "%d features (%s by %s), held-out KL %s%s"
        .formatted(
            best.budget(),
            best.method(),
            best.ranking(),
            kl(best.klLast()),
            beside(best.klLast(), alike, circuits.size() - 1, "circuits"));
  }

  /**
   * @param answers at one budget, the best first
   */
  private static String inSample(TaskTable task, List<Row> answers) {
    Row best = answers.get(0);
    Focus focus = new Focus(task, best.budget(), answers);
    long alike =
        answers.stream()
            .skip(1)
            .flatMap(other -> ComparisonText.difference(focus, other.method()).stream())
            .filter(Verdict::holdsZero)
            .count();
    return "%d occurrences a prompt (%s), KL %s, in-sample: no held-out result%s"
        .formatted(
            best.budget(),
            best.method(),
            kl(best.klLast()),
            beside(best.klLast(), alike, answers.size() - 1, "methods"));
  }

  private static String kl(Estimate klLast) {
    String mean = Figures.of(klLast.mean()) + " nats ";
    return klLast.low().isPresent() && klLast.high().isPresent()
        ? mean
            + "(95 %% %s, %d prompts)"
                .formatted(
                    Figures.interval(klLast.low().getAsDouble(), klLast.high().getAsDouble()),
                    klLast.n())
        : mean + "(one prompt, no interval)";
  }

  /** How many others the best cannot be told from; nothing where there are no intervals. */
  private static String beside(Estimate best, long alike, int others, String what) {
    return best.low().isEmpty() || alike == 0
        ? ""
        : "; no difference shown from %d of %d other %s".formatted(alike, others, what);
  }

  private static boolean overlap(Estimate one, Estimate other) {
    return one.low().isPresent()
        && other.low().isPresent()
        && one.low().getAsDouble() <= other.high().orElseThrow()
        && other.low().getAsDouble() <= one.high().orElseThrow();
  }

  private static boolean holdsZero(Comparison difference) {
    return difference.low() <= 0 && difference.high() >= 0;
  }

  private static String meaning(FeatureTable features) {
    return FeatureText.sentence(features)
        + features.rows().stream().findFirst().map(Verdict::mostKept).orElse("");
  }

  private static String mostKept(FeatureTable.Row row) {
    FeatureId feature = row.selected().feature();
    return " Most kept, L%d/%d (%d occurrences): %s"
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

  private static Optional<String> failed(ResultTable table) {
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
