package dev.piecrust.workflow.prune;

import dev.piecrust.activity.PruneBatch;
import dev.piecrust.activity.PrunePhases;
import dev.piecrust.activity.Stages;

/** The units of a batch: its scores, its reranked keep sets where there are any, its fidelity. */
final class PruneUnits {
  private final ParkingRunner runner;
  private final PrunePhases phases;

  PruneUnits(ParkingRunner runner, PrunePhases phases) {
    this.runner = runner;
    this.phases = phases;
  }

  /** Does a batch; returns how many of its prompts have no fidelity in the end. */
  int run(PruneBatch batch) {
    int prompts = batch.to() - batch.from();
    if (!score(batch) || !rerank(batch)) {
      return prompts;
    }
    return runner
        .run(Stages.fidelity(batch.task()), batch, worker -> worker.checkFidelity(batch))
        .map(fidelity -> prompts - fidelity.done())
        .orElse(prompts);
  }

  private boolean score(PruneBatch batch) {
    if (runner
        .run(Stages.score(batch.task()), batch, worker -> worker.scoreFeatures(batch))
        .isPresent()) {
      return true;
    }
    String reason = "not scored: " + runner.lastReason();
    if (phases.rerank()) {
      runner.park(Stages.rerank(batch.task()), batch, reason);
    }
    runner.park(Stages.fidelity(batch.task()), batch, reason);
    return false;
  }

  private boolean rerank(PruneBatch batch) {
    if (!phases.rerank()
        || runner
            .run(Stages.rerank(batch.task()), batch, worker -> worker.rerankSynergy(batch))
            .isPresent()) {
      return true;
    }
    runner.park(Stages.fidelity(batch.task()), batch, "not reranked: " + runner.lastReason());
    return false;
  }
}
