package dev.piecrust.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.view.FidelityView.Method;
import dev.piecrust.view.FidelityView.Point;
import dev.piecrust.view.FidelityView.Task;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class TaskSummaryTest {
  private static final OptionalDouble NONE = OptionalDouble.empty();

  @Test
  void comparesWherePruningStillCostsSomething() {
    Task task = task(method("fap", 1.0, 0.1), method("random", 4.0, 1.0));
    TaskSummary look = TaskSummary.of(task, List.of()).orElseThrow();
    assertThat(look.best()).isEqualTo("fap");
    assertThat(look.budget()).isEqualTo(200);
    assertThat(look.sentences())
        .containsExactly(
            new TaskSummary.Sentence(
                "random", "needs more than 200: a compression of more than 1.00"));
  }

  @Test
  void readsTheBudgetOfTheOthersOffTheirCurves() {
    // 1 nat lies half-way from 2 to 0: at the geometric mean of 50 and 200.
    Task task = task(method("fap", 1.0, 0.001), method("fap-ig", 2.0, 0.0));
    TaskSummary look = TaskSummary.of(task, List.of()).orElseThrow();
    assertThat(look.budget()).isEqualTo(50);
    assertThat(look.sentences()).containsExactly(new TaskSummary.Sentence("fap-ig", "needs 100"));
  }

  @Test
  void saysNothingOfOneMethodAlone() {
    assertThat(TaskSummary.of(task(method("fap", 1.0, 0.1)), List.of())).isEmpty();
  }

  private static Task task(Method... methods) {
    return new Task("ioi", List.of(50, 200), Arrays.asList(methods), List.of());
  }

  private static Method method(String name, double atFifty, double atTwoHundred) {
    return new Method(name, List.of(point(50, atFifty), point(200, atTwoHundred)));
  }

  private static Point point(int budget, double kl) {
    return new Point(budget, 10, kl, NONE, NONE, NONE, kl, 0, NONE, NONE);
  }
}
