package dev.piecrust.workflow.evidence;

import dev.piecrust.activity.EvidenceSummary;
import dev.piecrust.workflow.hold.Held;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Collects the evidence of a campaign's features: a child of its workflow, continued as new when it
 * grows long.
 */
@WorkflowInterface
public interface EvidenceWorkflow extends Held {
  /** Has the corpus scanned shard by shard, and the evidence drawn from that; fails as those do. */
  @WorkflowMethod
  EvidenceSummary collect(EvidenceRequest request);
}
