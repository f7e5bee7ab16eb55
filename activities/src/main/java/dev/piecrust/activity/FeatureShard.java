package dev.piecrust.activity;

/**
 * A part of a campaign's selected features: the {@code from}th (inclusive) to the {@code to}th
 * (exclusive) of them.
 */
public record FeatureShard(String campaignId, int from, int to) {
  /** Names the shard within its stage; sorts in the order of the features. */
  public String unit() {
    return "features/%07d-%07d".formatted(from, to);
  }
}
