package dev.piecrust.report.text;

import dev.piecrust.report.analysis.BudgetEstimate;
import dev.piecrust.report.analysis.Comparison;
import dev.piecrust.report.analysis.Compression;
import dev.piecrust.report.analysis.Decisive;
import dev.piecrust.report.analysis.EffectiveBudget;
import dev.piecrust.report.analysis.Estimate;
import dev.piecrust.report.analysis.HeldOut;
import dev.piecrust.report.table.ResultTable.Row;
import dev.piecrust.report.table.ResultTable.TaskTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What came out on a task, in sentences; the terminal, pages and reports have the same. Each says
 * whether it counts features or occurrences, held out or in-sample, and on how many prompts it
 * stands.
 */
public final class Findings {
  /** The budget at which the paper reports its compression. */
  private static final int PAPER_BUDGET = 100;

  private Findings() {}

  /** The most important first: the held-out circuit where there is one. */
  public static List<String> of(TaskTable task) {
    List<String> sentences = new ArrayList<>();
    heldOut(task).ifPresent(sentences::add);
    inSample(task).ifPresent(sentences::add);
    Focus.of(task)
        .ifPresent(
            focus -> {
              next(focus).ifPresent(sentences::add);
              Stream.of(focus.budget(), PAPER_BUDGET)
                  .distinct()
                  .flatMap(budget -> chance(focus, budget).stream())
                  .forEach(sentences::add);
            });
    if (!sentences.isEmpty()) {
      task.accuracy().ifPresent(accuracy -> sentences.add(accuracy.words()));
    }
    return sentences.isEmpty() ? List.of("no prompt has a result") : sentences;
  }

  private static Optional<String> heldOut(TaskTable task) {
    List<HeldOut.Row> circuits =
        Decisive.ranked(
            task.analysis().heldOut().rows(), HeldOut.Row::budget, HeldOut.Row::klLast, 1);
    return circuits.stream().findFirst().map(best -> heldOut(best, circuits));
  }

  /**
   * @param circuits at one budget, the best first
   */
  private static String heldOut(HeldOut.Row best, List<HeldOut.Row> circuits) {
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

  private static Optional<String> inSample(TaskTable task) {
    List<Row> answers = Decisive.ranked(Focus.inSpec(task), Row::budget, Row::klLast, 1);
    return answers.stream().findFirst().map(best -> inSample(task, best, answers));
  }

  /**
   * @param answers at one budget, the best first
   */
  private static String inSample(TaskTable task, Row best, List<Row> answers) {
    Focus focus = new Focus(task, best.budget(), answers);
    long alike =
        answers.stream()
            .skip(1)
            .flatMap(other -> ComparisonText.difference(focus, other.method()).stream())
            .filter(Findings::holdsZero)
            .count();
    return "%d occurrences a prompt (%s), in-sample KL %s%s%s"
        .formatted(
            best.budget(),
            best.method(),
            kl(best.klLast()),
            beside(best.klLast(), alike, answers.size() - 1, "methods"),
            task.analysis().heldOut().rows().isEmpty() ? "; no held-out result" : "");
  }

  private static String kl(Estimate klLast) {
    return Figures.of(klLast.mean()) + " nats (" + standing(klLast) + ")";
  }

  /** The interval, and how many prompts it stands on. */
  private static String standing(Estimate estimate) {
    return estimate.low().isPresent() && estimate.high().isPresent()
        ? "95 %% %s, %d prompts"
            .formatted(
                Figures.interval(estimate.low().getAsDouble(), estimate.high().getAsDouble()),
                estimate.n())
        : "one prompt, no interval";
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

  private static Optional<String> next(Focus focus) {
    String best = focus.best().method();
    Row next = focus.ranked().get(1);
    return focus
        .effective(best, next.method())
        .map(
            effective ->
                "The next best, %s, needs %s occurrences a prompt for the in-sample mean KL of %s (%s)%s"
                    .formatted(
                        next.method(),
                        words(effective),
                        best,
                        prompts(next.klLast().n()),
                        ComparisonText.difference(focus, next.method())
                                .filter(Findings::holdsZero)
                                .isPresent()
                            ? "; no difference shown between the two"
                            : ""));
  }

  private static String words(EffectiveBudget effective) {
    BudgetEstimate at = effective.at();
    if (at instanceof BudgetEstimate.Below) {
      return "fewer than " + Math.round(at.budget());
    }
    if (at instanceof BudgetEstimate.Above) {
      return "more than " + Math.round(at.budget());
    }
    return ComparisonText.range(effective);
  }

  private static Optional<String> chance(Focus focus, int budget) {
    String best = focus.best().method();
    return focus
        .compression(best, budget)
        .map(c -> "For the KL of %s at K=%d, random needs %s".formatted(best, budget, words(c)));
  }

  private static String words(Compression c) {
    String times = c.sign() + Figures.of(c.times().mean());
    if (c.everything() == c.prompts()) {
      return "everything: %s times as many occurrences (in-sample, %s)"
          .formatted(times, prompts(c.prompts()));
    }
    return "%s times as many occurrences (in-sample, %s)%s%s"
        .formatted(
            times,
            standing(c.times()),
            c.everything() > 0
                ? "; on %d of %d prompts only everything is enough"
                    .formatted(c.everything(), c.prompts())
                : "",
            c.below() > 0
                ? "; on %d of %d prompts its smallest budget is more than enough"
                    .formatted(c.below(), c.prompts())
                : "");
  }

  private static String prompts(int n) {
    return n + (n == 1 ? " prompt" : " prompts");
  }
}
