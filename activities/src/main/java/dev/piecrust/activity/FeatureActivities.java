package dev.piecrust.activity;

import io.temporal.activity.ActivityInterface;

/**
 * What stages II and III need of a GPU worker: on the queue of a session, idempotent, with
 * heartbeats, as {@link GpuActivities} are.
 */
@ActivityInterface
public interface FeatureActivities {
  /**
   * Collects the evidence of all selected features of a campaign in one pass over the corpus, or
   * from published files (docs/method.md §7); one unit of stage {@link FeatureStages#EVIDENCE}
   * each.
   */
  EvidenceSummary collectEvidence(String campaignId);

  /** Measures the synthetic texts of a feature (stage {@link FeatureStages#ACTIVATE}). */
  void activateTexts(FeatureUnit unit);

  /** Steers the feature and lets the model go on (stage {@link FeatureStages#STEER}). */
  void steerFeature(FeatureUnit unit);
}
