package dev.piecrust.workflow.prune;

import dev.piecrust.activity.BatchSummary;
import dev.piecrust.activity.ControlActivities;
import dev.piecrust.activity.GpuActivities;
import dev.piecrust.activity.PruneBatch;
import dev.piecrust.activity.UnitFailure;
import dev.piecrust.workflow.WorkflowFailures;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import java.util.Optional;
import java.util.function.Function;

/** The two units of a batch: its scores, then its fidelity. What keeps failing is parked. */
final class PruneUnits {
  private final GpuLease gpu;
  private final ControlActivities control;
  private String lastReason = "see the parked prompts";

  PruneUnits(GpuLease gpu, ControlActivities control) {
    this.gpu = gpu;
    this.control = control;
  }

  /** Does a batch; returns how many of its prompts have no fidelity in the end. */
  int run(PruneBatch batch) {
    int prompts = batch.to() - batch.from();
    Optional<BatchSummary> scores =
        runOrPark(Stages.score(batch.task()), batch, worker -> worker.scoreFeatures(batch));
    if (scores.isEmpty()) {
      park(Stages.fidelity(batch.task()), batch, "not scored: " + lastReason);
      return prompts;
    }
    return runOrPark(Stages.fidelity(batch.task()), batch, worker -> worker.checkFidelity(batch))
        .map(fidelity -> prompts - fidelity.done())
        .orElse(prompts);
  }

  /** Why the last unit was parked. */
  String lastReason() {
    return lastReason;
  }

  private Optional<BatchSummary> runOrPark(
      String stage, PruneBatch batch, Function<GpuActivities, BatchSummary> unit) {
    try {
      return Optional.of(gpu.call(unit));
    } catch (ActivityFailure e) {
      if (e.getCause() instanceof CanceledFailure) {
        throw e;
      }
      lastReason = WorkflowFailures.sentence(e);
      park(stage, batch, lastReason);
      return Optional.empty();
    }
  }

  private void park(String stage, PruneBatch batch, String reason) {
    control.parkUnit(
        new UnitFailure(
            batch.campaignId(), stage, batch.unit(), batch.to() - batch.from(), reason));
  }
}
