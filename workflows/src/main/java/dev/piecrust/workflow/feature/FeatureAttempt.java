package dev.piecrust.workflow.feature;

import dev.piecrust.activity.ControlActivities;
import dev.piecrust.activity.FeatureActivities;
import dev.piecrust.activity.FeatureUnit;
import dev.piecrust.activity.LlmStep;
import dev.piecrust.activity.UnitFailure;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.Failures;
import dev.piecrust.workflow.WorkflowFailures;
import dev.piecrust.workflow.gpu.Devices;
import dev.piecrust.workflow.hold.PauseControl;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What is tried for one feature. A step without a result parks the feature's unit of the stage, and
 * the others go on; a mistake of the user, such as a missing key, concerns all features and ends
 * the campaign.
 */
public final class FeatureAttempt {
  private final ControlActivities control;
  private final LlmSteps steps;
  private final String stage;
  private final FeatureUnit unit;
  private FeatureOutcome outcome = new FeatureOutcome.Done();

  /**
   * @param stage which stage's unit is parked
   */
  public FeatureAttempt(
      ControlActivities control, PauseControl gate, String stage, FeatureUnit unit) {
    this.control = control;
    this.steps = new LlmSteps(unit.campaignId(), gate);
    this.stage = stage;
    this.unit = unit;
  }

  /** Makes a step that asks a language model; returns whether it has a result. */
  public boolean ask(Supplier<LlmStep> step) {
    boolean[] nothing = {false};
    boolean made =
        hasResult(
            () -> {
              LlmStep end = steps.make(step);
              nothing[0] = end.state() == LlmStep.State.NOTHING;
              return end.state() == LlmStep.State.UNSCORED
                  ? Optional.of(end.reason())
                  : Optional.empty();
            });
    if (nothing[0] && outcome instanceof FeatureOutcome.Done) {
      outcome = new FeatureOutcome.Nothing();
    }
    return made && !nothing[0];
  }

  /** Works on the device; returns whether that succeeded. */
  public boolean work(Devices gpu, Consumer<FeatureActivities> step) {
    return hasResult(
        () ->
            gpu.features(
                worker -> {
                  step.accept(worker);
                  return Optional.empty();
                }));
  }

  /** Asks a question about the feature; no where it cannot be answered. */
  public boolean isTrue(Supplier<Boolean> question) {
    boolean[] answer = {false};
    return hasResult(
            () -> {
              answer[0] = question.get();
              return Optional.empty();
            })
        && answer[0];
  }

  /** What became of it so far. */
  public FeatureOutcome outcome() {
    return outcome;
  }

  private boolean hasResult(Supplier<Optional<String>> step) {
    Optional<String> reason = whyMissing(step);
    reason.ifPresent(this::park);
    return reason.isEmpty();
  }

  private static Optional<String> whyMissing(Supplier<Optional<String>> step) {
    try {
      return step.get();
    } catch (ActivityFailure e) {
      if (e.getCause() instanceof CanceledFailure
          || Failures.categoryOf(e) == FailureCategory.USER) {
        throw e;
      }
      return Optional.of(WorkflowFailures.sentence(e));
    }
  }

  private void park(String reason) {
    outcome = new FeatureOutcome.Failed(reason);
    control.parkUnit(new UnitFailure(unit.campaignId(), stage, unit.unit(), 1, reason));
  }
}
