package dev.piecrust.workflow.prune;

import dev.piecrust.activity.ControlActivities;
import dev.piecrust.activity.PreparedTask;
import dev.piecrust.activity.PruneBatch;
import dev.piecrust.activity.TaskRef;
import dev.piecrust.workflow.WorkflowFailures;
import dev.piecrust.workflow.campaign.CampaignOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;

/** The plan of one task: prepare it, then score and check it batch by batch. */
public final class PruneWorkflowImpl implements PruneWorkflow {
  private final ControlActivities control =
      Workflow.newActivityStub(ControlActivities.class, CampaignOptions.control());

  @Override
  public PruneResult prune(PruneRequest request) {
    GpuLease gpu = new GpuLease(request.campaignId());
    PruneUnits units = new PruneUnits(gpu, control);
    FailureLimit limit = new FailureLimit(request);

    PruneProgress progress = request.progress().orElseGet(() -> open(request, gpu));
    while (!progress.isComplete()) {
      PruneBatch batch = progress.nextBatch(request);
      progress = progress.after(batch, units.run(batch));
      limit.check(progress, units.lastReason());
      continueAsNewIfLong(request, progress);
    }
    return new PruneResult(progress.prepared().prompts(), progress.failed());
  }

  private PruneProgress open(PruneRequest request, GpuLease gpu) {
    PreparedTask prepared = prepare(request, gpu);
    control.openStage(request.campaignId(), Stages.score(request.task()), prepared.prompts());
    control.openStage(request.campaignId(), Stages.fidelity(request.task()), prepared.prompts());
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
  private static void continueAsNewIfLong(PruneRequest request, PruneProgress progress) {
    if (Workflow.getInfo().isContinueAsNewSuggested() && !progress.isComplete()) {
      Workflow.newContinueAsNewStub(PruneWorkflow.class).prune(request.continuedAt(progress));
    }
  }
}
