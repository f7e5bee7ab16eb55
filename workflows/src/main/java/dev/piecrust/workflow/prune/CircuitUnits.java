package dev.piecrust.workflow.prune;

import dev.piecrust.activity.PruneBatch;
import dev.piecrust.activity.PrunePhases;
import dev.piecrust.activity.Stages;
import java.util.Optional;

/** The units after the last batch: features and circuits of the task, then held-out prompts. */
final class CircuitUnits {
  private final ParkingRunner runner;
  private final PrunePhases phases;

  CircuitUnits(ParkingRunner runner, PrunePhases phases) {
    this.runner = runner;
    this.phases = phases;
  }

  /** Looks at the whole task; returns why it has no circuits, where that failed. */
  Optional<String> choose(PruneBatch task) {
    return choose(task, () -> {});
  }

  /**
   * The same.
   *
   * @param measured is done before, and fails as the choice does
   */
  Optional<String> choose(PruneBatch task, Runnable measured) {
    if (runner
        .run(
            Stages.features(task.task()),
            task,
            () -> {
              measured.run();
              return runner.call(worker -> worker.chooseCircuits(task));
            })
        .isPresent()) {
      return Optional.empty();
    }
    if (phases.heldOut()) {
      runner.park(Stages.circuits(task.task()), task, runner.lastReason());
    }
    return Optional.of(runner.lastReason());
  }

  /** Measures the circuits on a batch's held-out prompts, if there are circuits. */
  void check(PruneBatch batch, Optional<String> noCircuits) {
    String stage = Stages.heldOut(batch.task());
    if (noCircuits.isPresent()) {
      runner.park(stage, batch, "no circuits: " + noCircuits.get());
    } else {
      runner.run(stage, batch, worker -> worker.checkCircuits(batch));
    }
  }
}
