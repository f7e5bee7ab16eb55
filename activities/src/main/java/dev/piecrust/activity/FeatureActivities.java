package dev.piecrust.activity;

import io.temporal.activity.ActivityInterface;

/**
 * What stages II and III need of a GPU worker: on the queue of the subject, idempotent, with
 * heartbeats, as {@link GpuActivities} are.
 */
@ActivityInterface
public interface FeatureActivities {
  /** Looks at the campaign's corpus, and says what of it {@link #scanCorpus} has to go through. */
  CorpusShards openCorpus(String campaignId);

  /**
   * Notes what all selected features do on some windows of the corpus, as a checkpoint, which
   * {@link #collectEvidence} finds.
   */
  void scanCorpus(CorpusShard shard);

  /**
   * Draws the evidence of some of the selected features from all windows, or from published files,
   * as a checkpoint, which {@link #collectEvidence} finds. Scans the windows that nobody has
   * scanned.
   */
  void drawEvidence(FeatureShard shard);

  /**
   * Collects the evidence of all selected features of a campaign from its shards, or from published
   * files (docs/method.md §7); one unit of stage {@link FeatureStages#EVIDENCE} each. Scans and
   * draws the shards that nobody has. The result does not depend on where the corpus was cut, nor
   * on who did what.
   */
  EvidenceSummary collectEvidence(String campaignId);

  /** Measures the synthetic texts of a feature (stage {@link FeatureStages#ACTIVATE}). */
  void activateTexts(FeatureUnit unit);

  /** Steers the feature and lets the model go on (stage {@link FeatureStages#STEER}). */
  void steerFeature(FeatureUnit unit);
}
