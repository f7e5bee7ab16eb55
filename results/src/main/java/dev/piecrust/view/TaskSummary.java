package dev.piecrust.view;

import dev.piecrust.report.analysis.BudgetEstimate;
import dev.piecrust.report.analysis.EffectiveBudget;
import dev.piecrust.report.analysis.EffectiveBudgets;
import dev.piecrust.view.FidelityView.Method;
import dev.piecrust.view.FidelityView.Point;
import dev.piecrust.view.FidelityView.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What came out on a task so far, in sentences: which method keeps the behaviour with the fewest
 * occurrences, what every other needs for the same, and how far that is below chance.
 *
 * @param budget at which methods are compared: the largest where pruning still costs something
 * @param best the method with the lowest KL there
 * @param sentences one on each other method
 */
public record TaskSummary(
    String task, int budget, String best, double kl, List<Sentence> sentences) {
  private static final String RANDOM = "random";

  /** In nats; below it there is nothing to compare. */
  private static final double LOSS = 0.01;

  public TaskSummary {
    sentences = List.copyOf(sentences);
  }

  /**
   * @param method that needs more
   * @param text what it needs
   */
  public record Sentence(String method, String text) {}

  /**
   * @param exact effective budgets with their intervals, where they were worked out
   */
  static Optional<TaskSummary> of(Task task, List<EffectiveBudget> exact) {
    Optional<TaskSummary> look = Optional.empty();
    for (int budget : task.budgets()) {
      List<Method> ranked =
          task.methods().stream()
              .filter(method -> method.at(budget).isPresent())
              .sorted(Comparator.comparingDouble(method -> kl(method, budget)))
              .toList();
      if (ranked.size() >= 2 && (look.isEmpty() || kl(ranked.get(0), budget) >= LOSS)) {
        look = Optional.of(look(task, budget, ranked, exact));
      }
    }
    return look;
  }

  private static double kl(Method method, int budget) {
    return method.at(budget).map(Point::klLast).orElse(Double.POSITIVE_INFINITY);
  }

  private static TaskSummary look(
      Task task, int budget, List<Method> ranked, List<EffectiveBudget> exact) {
    Method best = ranked.get(0);
    List<Sentence> sentences = new ArrayList<>();
    for (Method other : ranked.subList(1, ranked.size())) {
      EffectiveBudget needs =
          exact.stream()
              .filter(
                  e ->
                      e.budget() == budget
                          && e.method().equals(best.method())
                          && e.other().equals(other.method()))
              .findFirst()
              .orElseGet(() -> mean(best, budget, other));
      sentences.add(new Sentence(other.method(), sentence(needs)));
    }
    return new TaskSummary(task.task(), budget, best.method(), kl(best, budget), sentences);
  }

  private static EffectiveBudget mean(Method best, int budget, Method other) {
    double[] kept = other.points().stream().mapToDouble(Point::budget).toArray();
    double[] means = other.points().stream().mapToDouble(Point::klLast).toArray();
    return new EffectiveBudget(
        best.method(),
        budget,
        other.method(),
        EffectiveBudgets.at(kept, means, kl(best, budget)),
        Optional.empty(),
        Optional.empty());
  }

  private static String sentence(EffectiveBudget needs) {
    String words = "needs " + words(needs.at()) + interval(needs);
    return needs.other().equals(RANDOM)
        ? words + ": a compression of " + times(needs.times())
        : words;
  }

  private static String words(BudgetEstimate at) {
    String count = Numbers.count(Math.round(at.budget()));
    return switch (at.kind()) {
      case "below" -> "fewer than " + count;
      case "above" -> "more than " + count;
      default -> count;
    };
  }

  private static String interval(EffectiveBudget needs) {
    return needs.low().isPresent() && needs.high().isPresent()
        ? " (%s–%s)".formatted(end(needs.low().get()), end(needs.high().get()))
        : "";
  }

  private static String end(BudgetEstimate end) {
    return end.sign() + Numbers.count(Math.round(end.budget()));
  }

  private static String times(BudgetEstimate times) {
    return switch (times.kind()) {
          case "below" -> "less than ";
          case "above" -> "more than ";
          default -> "";
        }
        + Numbers.figure(times.budget());
  }
}
