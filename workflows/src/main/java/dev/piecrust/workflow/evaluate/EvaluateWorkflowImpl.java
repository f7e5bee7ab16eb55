package dev.piecrust.workflow.evaluate;

import dev.piecrust.activity.ControlActivities;
import dev.piecrust.activity.FeatureStages;
import dev.piecrust.workflow.campaign.CampaignOptions;
import dev.piecrust.workflow.feature.FeatureAttempt;
import dev.piecrust.workflow.feature.FeatureProgress;
import dev.piecrust.workflow.feature.FeatureRequest;
import dev.piecrust.workflow.feature.FeatureWindow;
import dev.piecrust.workflow.gpu.Devices;
import dev.piecrust.workflow.hold.PauseControl;
import dev.piecrust.workflow.hold.PauseState;
import io.temporal.workflow.Workflow;

/** The plan of stage III: each explanation is evaluated, so many at once. */
public final class EvaluateWorkflowImpl implements EvaluateWorkflow {
  private static final String STAGE = FeatureStages.EVALUATE;

  private final ControlActivities control =
      Workflow.newActivityStub(ControlActivities.class, CampaignOptions.control());
  private final PauseControl gate = new PauseControl();

  @Override
  public FeatureProgress evaluate(FeatureRequest request) {
    gate.begin(request.hold());
    Devices devices = Devices.of(request.campaignId(), request.queue(), gate);
    FeatureEvaluation evaluation = new FeatureEvaluation(devices);
    FeatureWindow window =
        new FeatureWindow(
            request,
            control,
            gate,
            STAGE,
            unit -> evaluation.run(unit, new FeatureAttempt(control, gate, STAGE, unit)));
    FeatureProgress progress = devices.during(window::left, window::run);
    return progress.isComplete(request)
        ? progress
        : Workflow.newContinueAsNewStub(EvaluateWorkflow.class)
            .evaluate(request.continuedAt(progress, gate.hold()));
  }

  @Override
  public void hold(PauseState hold) {
    gate.set(hold);
  }
}
