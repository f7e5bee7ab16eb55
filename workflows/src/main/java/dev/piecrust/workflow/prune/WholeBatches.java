package dev.piecrust.workflow.prune;

import dev.piecrust.activity.ControlActivities;
import dev.piecrust.activity.PruneBatch;
import dev.piecrust.activity.PrunePhases;
import dev.piecrust.activity.Stages;
import dev.piecrust.activity.UnitFailure;
import dev.piecrust.workflow.WorkflowFailures;
import dev.piecrust.workflow.gpu.Devices;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.util.ArrayList;
import java.util.List;

/** Batches of which a device does all: scores, keep sets where there are any, fidelity. */
final class WholeBatches {
  private final Devices devices;
  private final ControlActivities control;
  private final PrunePhases phases;
  private String lastReason = "see the parked prompts";

  WholeBatches(Devices devices, ControlActivities control, PrunePhases phases) {
    this.devices = devices;
    this.control = control;
    this.phases = phases;
  }

  /** Does a batch; returns how many of its prompts have no fidelity in the end. */
  int run(PruneBatch batch) {
    int prompts = batch.to() - batch.from();
    try {
      return prompts - devices.call(worker -> worker.pruneBatch(batch)).done();
    } catch (ActivityFailure e) {
      if (e.getCause() instanceof CanceledFailure) {
        throw e;
      }
      park(batch, e);
      return prompts;
    }
  }

  /** Why the last batch that failed was parked. */
  String lastReason() {
    return lastReason;
  }

  /** What is done of the batch stays done: the book-keeping sees to that. */
  private void park(PruneBatch batch, ActivityFailure failure) {
    String reason = WorkflowFailures.sentence(failure);
    lastReason = reason;
    List<String> stages = stages(batch.task());
    int failed = stages.indexOf(stageOf(failure));
    for (int i = Math.max(failed, 0); i < stages.size(); i++) {
      String why = failed < 0 || i == failed ? reason : after(stages.get(failed)) + reason;
      control.parkUnit(
          new UnitFailure(
              batch.campaignId(), stages.get(i), batch.unit(), batch.to() - batch.from(), why));
    }
  }

  private static String after(String stage) {
    return stage.startsWith("score ") ? "not scored: " : "not reranked: ";
  }

  private List<String> stages(String task) {
    List<String> stages = new ArrayList<>(List.of(Stages.score(task)));
    if (phases.rerank()) {
      stages.add(Stages.rerank(task));
    }
    stages.add(Stages.fidelity(task));
    return stages;
  }

  /** Empty where the device was lost, and nobody could say. */
  private static String stageOf(ActivityFailure failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof ApplicationFailure said && said.getDetails().getSize() > 0) {
        return said.getDetails().get(String.class);
      }
    }
    return "";
  }
}
