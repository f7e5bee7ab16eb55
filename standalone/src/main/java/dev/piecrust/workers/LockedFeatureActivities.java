package dev.piecrust.workers;

import dev.piecrust.activity.CorpusShard;
import dev.piecrust.activity.CorpusShards;
import dev.piecrust.activity.EvidenceSummary;
import dev.piecrust.activity.FeatureActivities;
import dev.piecrust.activity.FeatureShard;
import dev.piecrust.activity.FeatureUnit;

/** Work on features, in turn with all other work on the device; see {@link LockedGpuActivities}. */
final class LockedFeatureActivities implements FeatureActivities {
  private final FeatureActivities device;
  private final DeviceLock turn;

  LockedFeatureActivities(FeatureActivities device, DeviceLock turn) {
    this.device = device;
    this.turn = turn;
  }

  @Override
  public CorpusShards openCorpus(String campaignId) {
    return turn.take(campaignId, () -> device.openCorpus(campaignId));
  }

  @Override
  public void scanCorpus(CorpusShard shard) {
    turn.take(
        shard.campaignId(),
        () -> {
          device.scanCorpus(shard);
          return shard;
        });
  }

  @Override
  public void drawEvidence(FeatureShard shard) {
    turn.take(
        shard.campaignId(),
        () -> {
          device.drawEvidence(shard);
          return shard;
        });
  }

  @Override
  public EvidenceSummary collectEvidence(String campaignId) {
    return turn.take(campaignId, () -> device.collectEvidence(campaignId));
  }

  @Override
  public void activateTexts(FeatureUnit unit) {
    turn.take(
        unit.campaignId(),
        () -> {
          device.activateTexts(unit);
          return unit;
        });
  }

  @Override
  public void steerFeature(FeatureUnit unit) {
    turn.take(
        unit.campaignId(),
        () -> {
          device.steerFeature(unit);
          return unit;
        });
  }
}
