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
    PreparedTask prepared, Step step, int next, int failed, Optional<String> noCircuits) {
  /** What the pruning of a task works on. */
  enum Step {
    /** Scores and fidelity, batch by batch. */
    PROMPTS,
    /** Features and circuits of the whole task, once. */
    CIRCUITS,
    /** Circuits on held-out prompts, batch by batch. */
    HELD_OUT,
    /** Nothing any more. */
    DONE
  }

  static PruneProgress start(PreparedTask prepared) {
    return new PruneProgress(prepared, Step.PROMPTS, 0, 0, Optional.empty());
  }

  @JsonIgnore
  boolean isComplete() {
    return step == Step.DONE;
  }

  /** The next batch of this step. */
  PruneBatch nextBatch(PruneRequest request) {
    return batchAt(request, next);
  }

  /** The batch that begins at a prompt. */
  PruneBatch batchAt(PruneRequest request, int from) {
    return unit(request, from, Math.min(from + prepared.batch(), prepared.prompts()));
  }

  /** All prompts as one unit. */
  PruneBatch wholeTask(PruneRequest request) {
    return unit(request, 0, prepared.prompts());
  }

  /** All batches before the one that begins at {@code from} are done in this step. */
  PruneProgress upTo(int from, int failedPrompts) {
    Step then = step == Step.PROMPTS ? Step.CIRCUITS : Step.DONE;
    boolean last = from >= prepared.prompts();
    return new PruneProgress(
        prepared, last ? then : step, last ? 0 : from, failedPrompts, noCircuits);
  }

  PruneProgress afterPrompts(PruneBatch batch, int failedPrompts) {
    return after(batch, failed + failedPrompts, Step.CIRCUITS);
  }

  PruneProgress afterCircuits(boolean heldOut, Optional<String> missing) {
    Step then = heldOut ? Step.HELD_OUT : Step.DONE;
    return new PruneProgress(prepared, then, 0, failed, missing);
  }

  PruneProgress afterHeldOut(PruneBatch batch) {
    return after(batch, failed, Step.DONE);
  }

  private PruneProgress after(PruneBatch batch, int failedPrompts, Step then) {
    boolean last = batch.to() >= prepared.prompts();
    return new PruneProgress(
        prepared, last ? then : step, last ? 0 : batch.to(), failedPrompts, noCircuits);
  }

  private PruneBatch unit(PruneRequest request, int from, int to) {
    return new PruneBatch(request.campaignId(), request.task(), from, to, prepared.pairs());
  }
}
