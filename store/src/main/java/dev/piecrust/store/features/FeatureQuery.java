package dev.piecrust.store.features;

import java.util.Optional;

/**
 * Which features are wanted, and in which order.
 *
 * @param reversed against the order in which the list reads best
 * @param text a part of the description, in any case; empty for any
 * @param layer empty for any
 * @param scored whether it has any of FADE's scores; empty for either
 */
public record FeatureQuery(
    String campaignId,
    FeatureSort sort,
    boolean reversed,
    String text,
    Optional<Integer> layer,
    Optional<Boolean> scored) {
  /** All features of a campaign, in the order of its list. */
  public static FeatureQuery all(String campaignId) {
    return new FeatureQuery(
        campaignId, FeatureSort.RANK, false, "", Optional.empty(), Optional.empty());
  }

  boolean ascending() {
    return sort.smallestFirst() != reversed;
  }
}
