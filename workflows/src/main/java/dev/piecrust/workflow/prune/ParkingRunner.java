package dev.piecrust.workflow.prune;

import dev.piecrust.activity.BatchSummary;
import dev.piecrust.activity.ControlActivities;
import dev.piecrust.activity.GpuActivities;
import dev.piecrust.activity.PruneBatch;
import dev.piecrust.activity.UnitFailure;
import dev.piecrust.workflow.WorkflowFailures;
import dev.piecrust.workflow.gpu.Devices;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import java.util.Optional;
import java.util.function.Function;

/** Runs units on the leased worker; what keeps failing is parked, and the rest goes on. */
final class ParkingRunner {
  private final Devices gpu;
  private final ControlActivities control;
  private String lastReason = "see the parked prompts";

  ParkingRunner(Devices gpu, ControlActivities control) {
    this.gpu = gpu;
    this.control = control;
  }

  /** What became of the unit; nothing where it is parked now. */
  Optional<BatchSummary> run(
      String stage, PruneBatch unit, Function<GpuActivities, BatchSummary> work) {
    try {
      return Optional.of(gpu.call(work));
    } catch (ActivityFailure e) {
      if (e.getCause() instanceof CanceledFailure) {
        throw e;
      }
      lastReason = WorkflowFailures.sentence(e);
      park(stage, unit, lastReason);
      return Optional.empty();
    }
  }

  void park(String stage, PruneBatch unit, String reason) {
    control.parkUnit(
        new UnitFailure(unit.campaignId(), stage, unit.unit(), unit.to() - unit.from(), reason));
  }

  /** Why the last unit that failed was parked. */
  String lastReason() {
    return lastReason;
  }
}
