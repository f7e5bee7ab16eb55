package dev.piecrust.workflow.interpret;

import dev.piecrust.workflow.feature.FeatureProgress;
import dev.piecrust.workflow.feature.FeatureRequest;
import dev.piecrust.workflow.hold.Held;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Explains a campaign's features: a child of its workflow, continued as new when it grows long. */
@WorkflowInterface
public interface InterpretWorkflow extends Held {
  /**
   * Has every selected feature described from its evidence, which must be there. A feature that
   * keeps failing is parked; past the allowed share the workflow fails with a sentence.
   *
   * @return with the features that have no description
   */
  @WorkflowMethod
  FeatureProgress interpret(FeatureRequest request);
}
