package dev.piecrust.cli;

import dev.piecrust.estimate.LlmEstimate;
import dev.piecrust.estimate.Range;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a campaign will take.
 *
 * @param campaign its id
 * @param gpuSeconds on this machine
 * @param memoryBytes at the peak of pruning
 * @param llm absent for a campaign that only prunes
 * @param cap in USD
 */
record CampaignEstimate(
    String campaign,
    Range prunePasses,
    Range gpuSeconds,
    long memoryBytes,
    Optional<LlmEstimate> llm,
    Optional<BigDecimal> cap) {
  /** Whether the expected cost is more than the cap allows. */
  boolean overTheCap() {
    return cap.isPresent()
        && llm.flatMap(LlmEstimate::usd)
            .filter(usd -> usd.expected() > cap.get().doubleValue())
            .isPresent();
  }
}
