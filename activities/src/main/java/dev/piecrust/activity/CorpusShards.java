package dev.piecrust.activity;

/**
 * How a campaign's evidence is cut: first the corpus into windows, then the draw into features.
 *
 * @param windows that have to be scanned; 0 where no corpus has to be
 * @param shard windows of each shard but the last
 * @param features for which evidence has to be drawn; 0 where it has been, and in the plans of
 *     programs that drew it in one piece
 * @param draw features of each shard but the last
 */
public record CorpusShards(int windows, int shard, int features, int draw) {
  /** How many shards of windows are left from a window on. */
  public int from(int window) {
    return left(windows - window, shard);
  }

  /** How many shards of features are left from a feature on. */
  public int draws(int feature) {
    return features == 0 ? 0 : left(features - feature, draw);
  }

  private static int left(int units, int each) {
    return (units + each - 1) / each;
  }

  /** The shard that begins at a window. */
  public CorpusShard at(String campaignId, int from) {
    return new CorpusShard(campaignId, from, Math.min(from + shard, windows));
  }

  /** The shard that begins at a feature. */
  public FeatureShard drawAt(String campaignId, int from) {
    return new FeatureShard(campaignId, from, Math.min(from + draw, features));
  }
}
