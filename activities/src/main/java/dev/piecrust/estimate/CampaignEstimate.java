package dev.piecrust.estimate;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a campaign will take.
 *
 * @param campaign its id
 * @param gpuSeconds on this machine
 * @param memoryBytes at the peak of pruning
 * @param room what this machine has for it
 * @param llm absent for a campaign that only prunes
 * @param cap in USD
 * @param warnings of its language model and prices, a sentence each
 */
public record CampaignEstimate(
    String campaign,
    Range prunePasses,
    Range gpuSeconds,
    long memoryBytes,
    MachineRoom room,
    Optional<LlmEstimate> llm,
    Optional<BigDecimal> cap,
    List<String> warnings) {
  /** The same with more to be said of its language model. */
  public CampaignEstimate warning(List<String> sentences) {
    List<String> all = Stream.concat(warnings.stream(), sentences.stream()).distinct().toList();
    return new CampaignEstimate(
        campaign, prunePasses, gpuSeconds, memoryBytes, room, llm, cap, all);
  }

  /** Whether the expected cost is more than the cap allows. */
  public boolean overTheCap() {
    return cap.isPresent()
        && llm.flatMap(LlmEstimate::usd)
            .filter(usd -> usd.expected() > cap.get().doubleValue())
            .isPresent();
  }
}
