package dev.piecrust.workflow.prune;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.piecrust.activity.PreparedTask;
import dev.piecrust.activity.PruneBatch;
import java.util.Optional;

/**
 * How far the pruning of a task is.
 *
 * @param next index of the first prompt that is not done in this step
 * @param failed prompts without fidelity so far
 * @param noCircuits why there are no circuits to measure, where choosing them failed
 */
public record PruneProgress(
    PreparedTask prepared, PruneStep step, int next, int failed, Optional<String> noCircuits) {
  static PruneProgress start(PreparedTask prepared) {
    return new PruneProgress(prepared, PruneStep.PROMPTS, 0, 0, Optional.empty());
  }

  @JsonIgnore
  boolean isComplete() {
    return step == PruneStep.DONE;
  }

  /** The next batch of this step. */
  PruneBatch nextBatch(PruneRequest request) {
    return unit(request, next, Math.min(next + prepared.batch(), prepared.prompts()));
  }

  /** All prompts as one unit. */
  PruneBatch wholeTask(PruneRequest request) {
    return unit(request, 0, prepared.prompts());
  }

  PruneProgress afterPrompts(PruneBatch batch, int failedPrompts) {
    return after(batch, failed + failedPrompts, PruneStep.CIRCUITS);
  }

  PruneProgress afterCircuits(boolean heldOut, Optional<String> missing) {
    PruneStep then = heldOut ? PruneStep.HELD_OUT : PruneStep.DONE;
    return new PruneProgress(prepared, then, 0, failed, missing);
  }

  PruneProgress afterHeldOut(PruneBatch batch) {
    return after(batch, failed, PruneStep.DONE);
  }

  private PruneProgress after(PruneBatch batch, int failedPrompts, PruneStep then) {
    boolean last = batch.to() >= prepared.prompts();
    return new PruneProgress(
        prepared, last ? then : step, last ? 0 : batch.to(), failedPrompts, noCircuits);
  }

  private PruneBatch unit(PruneRequest request, int from, int to) {
    return new PruneBatch(request.campaignId(), request.task(), from, to, prepared.pairs());
  }
}
