package dev.piecrust.activity;

/**
 * How a campaign's corpus is cut.
 *
 * @param windows that have to be scanned; 0 where no corpus has to be
 * @param shard windows of each shard but the last
 */
public record CorpusShards(int windows, int shard) {
  /** How many shards are left from a window on. */
  public int from(int window) {
    return (windows - window + shard - 1) / shard;
  }

  /** The shard that begins at a window. */
  public CorpusShard at(String campaignId, int from) {
    return new CorpusShard(campaignId, from, Math.min(from + shard, windows));
  }
}
