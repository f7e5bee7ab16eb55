package dev.piecrust.workflow.prune;

import dev.piecrust.workflow.hold.Held;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Prunes one task of a campaign: a child of its workflow, continued as new when it grows long. */
@WorkflowInterface
public interface PruneWorkflow extends Held {
  /**
   * Scores every prompt, measures its fidelity, and measures circuits on held-out prompts. A unit
   * that keeps failing is parked; past the allowed share of failed prompts the campaign pauses.
   */
  @WorkflowMethod
  PruneResult prune(PruneRequest request);
}
