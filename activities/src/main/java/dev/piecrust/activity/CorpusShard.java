package dev.piecrust.activity;

/**
 * A part of a campaign's corpus: its windows {@code from} (inclusive) to {@code to} (exclusive).
 */
public record CorpusShard(String campaignId, int from, int to) {
  /** Names the shard within its stage; sorts in the order of the windows. */
  public String unit() {
    return "windows/%07d-%07d".formatted(from, to);
  }
}
