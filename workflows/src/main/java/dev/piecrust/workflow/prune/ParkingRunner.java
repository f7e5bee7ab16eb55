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
import java.util.function.Supplier;

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
    return run(stage, unit, () -> gpu.call(work));
  }

  /** The same of work that takes several calls. */
  Optional<BatchSummary> run(String stage, PruneBatch unit, Supplier<BatchSummary> work) {
    try {
      return Optional.of(work.get());
    } catch (ActivityFailure e) {
      if (e.getCause() instanceof CanceledFailure) {
        throw e;
      }
      lastReason = WorkflowFailures.sentence(e);
      park(stage, unit, lastReason);
      return Optional.empty();
    }
  }

  /** Fails as the call does. */
  BatchSummary call(Function<GpuActivities, BatchSummary> work) {
    return gpu.call(work);
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
