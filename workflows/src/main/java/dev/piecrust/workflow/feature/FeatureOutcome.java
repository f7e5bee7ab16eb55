package dev.piecrust.workflow.feature;

/** What became of a feature's unit of a stage. */
public sealed interface FeatureOutcome {
  /** All that the stage makes of a feature is there. */
  record Done() implements FeatureOutcome {}

  /** There is nothing to make of it, such as of one that is never active. */
  record Nothing() implements FeatureOutcome {}

  /**
   * Something is missing.
   *
   * @param reason one sentence
   */
  record Failed(String reason) implements FeatureOutcome {}
}
