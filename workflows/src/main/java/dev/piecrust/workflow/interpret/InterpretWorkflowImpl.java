package dev.piecrust.workflow.interpret;

import dev.piecrust.activity.ControlActivities;
import dev.piecrust.activity.FeatureStages;
import dev.piecrust.activity.FeatureUnit;
import dev.piecrust.activity.LlmActivities;
import dev.piecrust.workflow.campaign.CampaignOptions;
import dev.piecrust.workflow.feature.FeatureAttempt;
import dev.piecrust.workflow.feature.FeatureOutcome;
import dev.piecrust.workflow.feature.FeatureProgress;
import dev.piecrust.workflow.feature.FeatureRequest;
import dev.piecrust.workflow.feature.FeatureWindow;
import dev.piecrust.workflow.feature.LlmOptions;
import dev.piecrust.workflow.hold.PauseControl;
import dev.piecrust.workflow.hold.PauseState;
import io.temporal.workflow.Workflow;

/** The plan of stage II: each feature is explained, so many at once. */
public final class InterpretWorkflowImpl implements InterpretWorkflow {
  private final ControlActivities control =
      Workflow.newActivityStub(ControlActivities.class, CampaignOptions.control());
  private final LlmActivities llm =
      Workflow.newActivityStub(LlmActivities.class, LlmOptions.step());
  private final PauseControl gate = new PauseControl();

  @Override
  public FeatureProgress interpret(FeatureRequest request) {
    gate.begin(request.hold());
    FeatureProgress progress =
        new FeatureWindow(request, control, gate, FeatureStages.EXPLAIN, this::explain).run();
    return progress.isComplete(request)
        ? progress
        : Workflow.newContinueAsNewStub(InterpretWorkflow.class)
            .interpret(request.continuedAt(progress, gate.hold()));
  }

  private FeatureOutcome explain(FeatureUnit unit) {
    FeatureAttempt attempt = new FeatureAttempt(control, gate, FeatureStages.EXPLAIN, unit);
    attempt.ask(() -> llm.explain(unit));
    return attempt.outcome();
  }

  @Override
  public void hold(PauseState hold) {
    gate.set(hold);
  }
}
