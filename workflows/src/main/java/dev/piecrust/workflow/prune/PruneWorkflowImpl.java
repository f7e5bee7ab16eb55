package dev.piecrust.workflow.prune;

import dev.piecrust.activity.ControlActivities;
import dev.piecrust.activity.PreparedTask;
import dev.piecrust.activity.PruneBatch;
import dev.piecrust.activity.Stages;
import dev.piecrust.activity.TaskRef;
import dev.piecrust.workflow.WorkflowFailures;
import dev.piecrust.workflow.campaign.CampaignOptions;
import dev.piecrust.workflow.gpu.GpuLease;
import dev.piecrust.workflow.hold.PauseControl;
import dev.piecrust.workflow.hold.PauseState;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;

/**
 * The plan of one task: prepare it, prune its prompts batch by batch, look at its features and
 * circuits as a whole, and measure these on the prompts that were held out.
 */
public final class PruneWorkflowImpl implements PruneWorkflow {
  private final ControlActivities control =
      Workflow.newActivityStub(ControlActivities.class, CampaignOptions.control());
  private final PauseControl gate = new PauseControl();

  @Override
  public PruneResult prune(PruneRequest request) {
    request.hold().ifPresent(gate::begin);
    GpuLease gpu = new GpuLease(request.campaignId(), gate);
    ParkingRunner runner = new ParkingRunner(gpu, control);
    PruneUnits prompts = new PruneUnits(runner, request.phases());
    CircuitUnits circuits = new CircuitUnits(runner, request.phases());
    FailureLimit limit = new FailureLimit(request, gate);

    PruneProgress progress = request.progress().orElseGet(() -> open(request, gpu));
    while (!progress.isComplete()) {
      progress = step(request, progress, prompts, circuits);
      progress = limit.checked(progress, runner.lastReason());
      continueAsNewIfLong(request, progress);
    }
    return new PruneResult(progress.prepared().prompts(), progress.failed());
  }

  @Override
  public void hold(PauseState hold) {
    gate.set(hold);
  }

  private static PruneProgress step(
      PruneRequest request, PruneProgress progress, PruneUnits prompts, CircuitUnits circuits) {
    PruneBatch batch = progress.nextBatch(request);
    return switch (progress.step()) {
      case PROMPTS -> progress.afterPrompts(batch, prompts.run(batch));
      case CIRCUITS ->
          progress.afterCircuits(
              request.phases().heldOut(), circuits.choose(progress.wholeTask(request)));
      case HELD_OUT -> {
        circuits.check(batch, progress.noCircuits());
        yield progress.afterHeldOut(batch);
      }
      case DONE -> progress;
    };
  }

  private PruneProgress open(PruneRequest request, GpuLease gpu) {
    PreparedTask prepared = prepare(request, gpu);
    for (String stage : Stages.of(request.task(), request.phases())) {
      control.openStage(request.campaignId(), stage, prepared.prompts());
    }
    return PruneProgress.start(prepared);
  }

  private PreparedTask prepare(PruneRequest request, GpuLease gpu) {
    try {
      return gpu.call(
          worker -> worker.prepareTask(new TaskRef(request.campaignId(), request.task())));
    } catch (ActivityFailure e) {
      throw WorkflowFailures.ending(e);
    }
  }

  /** Temporal suggests it before a history grows so long that every replay is slow. */
  private void continueAsNewIfLong(PruneRequest request, PruneProgress progress) {
    if (Workflow.getInfo().isContinueAsNewSuggested() && !progress.isComplete()) {
      Workflow.newContinueAsNewStub(PruneWorkflow.class)
          .prune(request.continuedAt(progress, gate.hold()));
    }
  }
}
