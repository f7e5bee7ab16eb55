package dev.piecrust.workflow.evaluate;

import dev.piecrust.activity.FeatureUnit;
import dev.piecrust.activity.LlmActivities;
import dev.piecrust.workflow.feature.FeatureAttempt;
import dev.piecrust.workflow.feature.FeatureOutcome;
import dev.piecrust.workflow.feature.LlmOptions;
import dev.piecrust.workflow.gpu.Devices;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.List;

/**
 * The evaluation of one feature (docs/method.md §8): written texts are measured on the device while
 * natural samples are rated; then the scores say whether steering is worth its time.
 */
final class FeatureEvaluation {
  private final LlmActivities llm =
      Workflow.newActivityStub(LlmActivities.class, LlmOptions.step());
  private final Devices gpu;

  FeatureEvaluation(Devices gpu) {
    this.gpu = gpu;
  }

  /** Evaluates on all that can be had; returns what became of it. */
  FeatureOutcome run(FeatureUnit unit, FeatureAttempt attempt) {
    both(
        Async.function(() -> attempt.ask(() -> llm.rateSamples(unit))),
        Async.function(() -> writeAndActivate(unit, attempt)));
    boolean steer = attempt.isTrue(() -> llm.score(unit));
    if (steer && attempt.work(gpu, worker -> worker.steerFeature(unit))) {
      attempt.ask(() -> llm.rateSteered(unit));
      attempt.isTrue(() -> llm.score(unit));
    }
    return attempt.outcome();
  }

  private boolean writeAndActivate(FeatureUnit unit, FeatureAttempt attempt) {
    return attempt.ask(() -> llm.writeTexts(unit))
        && attempt.work(gpu, worker -> worker.activateTexts(unit));
  }

  /** Waits for both to end, however they do, before either failure is thrown. */
  private static void both(Promise<Boolean> one, Promise<Boolean> other) {
    List.of(one, other).forEach(Promise::getFailure);
    one.get();
    other.get();
  }
}
