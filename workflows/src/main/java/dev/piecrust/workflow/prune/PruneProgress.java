package dev.piecrust.workflow.prune;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.piecrust.activity.PreparedTask;
import dev.piecrust.activity.PruneBatch;

/**
 * How far the pruning of a task is.
 *
 * @param next index of the first prompt that is not done
 * @param failed prompts that failed so far
 */
public record PruneProgress(PreparedTask prepared, int next, int failed) {
  static PruneProgress start(PreparedTask prepared) {
    return new PruneProgress(prepared, 0, 0);
  }

  @JsonIgnore
  boolean isComplete() {
    return next >= prepared.prompts();
  }

  PruneBatch nextBatch(PruneRequest request) {
    int to = Math.min(next + prepared.batch(), prepared.prompts());
    return new PruneBatch(request.campaignId(), request.task(), next, to, prepared.pairs());
  }

  PruneProgress after(PruneBatch batch, int failedPrompts) {
    return new PruneProgress(prepared, batch.to(), failed + failedPrompts);
  }
}
