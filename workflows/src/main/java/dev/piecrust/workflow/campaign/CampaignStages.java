package dev.piecrust.workflow.campaign;

import dev.piecrust.activity.CampaignPlan;
import dev.piecrust.activity.ControlActivities;
import dev.piecrust.activity.FeatureStages;
import dev.piecrust.activity.Stages;
import dev.piecrust.activity.TrainActivities;
import dev.piecrust.activity.TrainPart;
import dev.piecrust.activity.TrainPlan;
import dev.piecrust.activity.TrainProgress;
import dev.piecrust.workflow.SideBySide;
import dev.piecrust.workflow.evaluate.EvaluateWorkflow;
import dev.piecrust.workflow.evidence.EvidenceRequest;
import dev.piecrust.workflow.evidence.EvidenceWorkflow;
import dev.piecrust.workflow.feature.FeatureProgress;
import dev.piecrust.workflow.feature.FeatureRequest;
import dev.piecrust.workflow.feature.Ordinals;
import dev.piecrust.workflow.gpu.Devices;
import dev.piecrust.workflow.hold.PauseControl;
import dev.piecrust.workflow.interpret.InterpretWorkflow;
import dev.piecrust.workflow.prune.PruneRequest;
import dev.piecrust.workflow.prune.PruneWorkflow;
import io.temporal.workflow.Workflow;

/** The stages of a campaign: prune each task, then explain the kept features and evaluate that. */
final class CampaignStages {
  private final String campaignId;
  private final CampaignPlan plan;
  private final ControlActivities control;
  private final PauseControl gate;
  private final ChildSignal child;
  private final CampaignCommands commands;

  CampaignStages(
      String campaignId,
      CampaignPlan plan,
      ControlActivities control,
      PauseControl gate,
      ChildSignal child,
      CampaignCommands commands) {
    this.campaignId = campaignId;
    this.plan = plan;
    this.control = control;
    this.gate = gate;
    this.child = child;
    this.commands = commands;
  }

  /** Goes through all of them; what is done already is found done. */
  void run() {
    plan.train().ifPresent(this::train);
    pruneAll();
    if (plan.interpret()) {
      int features = selectFeatures();
      if (features > 0) {
        collectEvidence();
        FeatureProgress explained = interpret(features);
        if (plan.evaluate()) {
          evaluate(features, explained.withoutResult());
        }
      }
    }
  }

  /** Part by part: a pause waits for the end of one, and one that diverges pauses the campaign. */
  private void train(TrainPlan training) {
    control.openStage(campaignId, Stages.TRAIN, training.steps());
    TrainActivities device = Devices.forTraining();
    int part = 0;
    while (part < training.parts()) {
      gate.pass();
      int releases = gate.hold().releases();
      TrainProgress progress = device.train(new TrainPart(campaignId, part));
      if (progress.diverged().isPresent()) {
        commands.stopped(progress.diverged().get(), releases);
      } else {
        commands.tell(progress.sentence());
        if (progress.early()) {
          control.openStage(campaignId, Stages.TRAIN, progress.step());
          return;
        }
        part++;
      }
    }
  }

  /**
   * Side by side where several devices may work on them. One after the other where only so many
   * may: then one part of the plan alone counts them.
   */
  private void pruneAll() {
    gate.pass();
    if (plan.queue().isEmpty() || plan.devices().isPresent()) {
      plan.tasks().forEach(this::prune);
      return;
    }
    SideBySide tasks = new SideBySide();
    tasks.during(() -> plan.tasks().forEach(task -> tasks.start(() -> prune(task))));
  }

  private void prune(String task) {
    gate.pass();
    PruneWorkflow pruning =
        Workflow.newChildWorkflowStub(
            PruneWorkflow.class, CampaignOptions.child(campaignId + "/prune/" + task));
    PruneRequest request =
        PruneRequest.of(
            campaignId, task, plan.failureShare(), plan.phases(), gate.hold(), plan.queue());
    child.during(pruning, () -> pruning.prune(request));
  }

  private int selectFeatures() {
    gate.pass();
    int features = control.selectFeatures(campaignId);
    control.openStage(campaignId, FeatureStages.EVIDENCE, features);
    control.openStage(campaignId, FeatureStages.EXPLAIN, features);
    if (plan.evaluate()) {
      control.openStage(campaignId, FeatureStages.EVALUATE, features);
    }
    return features;
  }

  private void collectEvidence() {
    if (plan.queue().isEmpty()) {
      Devices.of(campaignId, plan.queue(), gate)
          .features(worker -> worker.collectEvidence(campaignId));
      return;
    }
    gate.pass();
    EvidenceWorkflow collecting =
        Workflow.newChildWorkflowStub(
            EvidenceWorkflow.class, CampaignOptions.child(campaignId + "/evidence"));
    EvidenceRequest request = EvidenceRequest.of(campaignId, plan.queue().get(), gate.hold());
    child.during(collecting, () -> collecting.collect(request));
  }

  private FeatureProgress interpret(int features) {
    gate.pass();
    InterpretWorkflow interpreting =
        Workflow.newChildWorkflowStub(
            InterpretWorkflow.class, CampaignOptions.child(campaignId + "/interpret"));
    FeatureRequest request = request(features, Ordinals.NONE);
    return child.during(interpreting, () -> interpreting.interpret(request));
  }

  private void evaluate(int features, Ordinals unexplained) {
    gate.pass();
    control.openStage(campaignId, FeatureStages.EVALUATE, features - unexplained.size());
    EvaluateWorkflow evaluating =
        Workflow.newChildWorkflowStub(
            EvaluateWorkflow.class, CampaignOptions.child(campaignId + "/evaluate"));
    FeatureRequest request = request(features, unexplained);
    child.during(evaluating, () -> evaluating.evaluate(request));
  }

  private FeatureRequest request(int features, Ordinals leftOut) {
    return FeatureRequest.of(campaignId, plan, features, leftOut, gate.hold());
  }
}
