package dev.piecrust.workflow.evaluate;

import dev.piecrust.workflow.feature.FeatureProgress;
import dev.piecrust.workflow.feature.FeatureRequest;
import dev.piecrust.workflow.hold.Held;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Evaluates a campaign's explanations: a child of its workflow, continued as new when it grows
 * long.
 */
@WorkflowInterface
public interface EvaluateWorkflow extends Held {
  /**
   * Has the description of every feature that is not left out scored by FADE. A feature of which
   * something is missing is parked and scored on the rest; past the allowed share the campaign
   * pauses.
   *
   * @return with the features of which something is missing
   */
  @WorkflowMethod
  FeatureProgress evaluate(FeatureRequest request);
}
