package dev.piecrust.estimate;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a campaign will take.
 *
 * @param campaign its id
 * @param gpuSeconds on one device of this machine
 * @param devices like it that work on the campaign side by side, at least 1
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
    int devices,
    long memoryBytes,
    MachineRoom room,
    Optional<LlmEstimate> llm,
    Optional<BigDecimal> cap,
    List<String> warnings) {
  /**
   * The same where so many devices are there.
   *
   * @param most devices that the campaign may have, if its spec says so
   */
  public CampaignEstimate on(int live, Optional<Integer> most) {
    int shared = Math.max(1, Math.min(live, most.orElse(live)));
    return new CampaignEstimate(
        campaign, prunePasses, gpuSeconds, shared, memoryBytes, room, llm, cap, warnings);
  }

  /** By the clock: units are shared evenly, since each device takes the next when it is free. */
  public Range secondsOnAll() {
    return gpuSeconds.times(1.0 / devices);
  }

  /** The same with more to be said of its language model. */
  public CampaignEstimate warning(List<String> sentences) {
    List<String> all = Stream.concat(warnings.stream(), sentences.stream()).distinct().toList();
    return new CampaignEstimate(
        campaign, prunePasses, gpuSeconds, devices, memoryBytes, room, llm, cap, all);
  }

  /** Whether the expected cost is more than the cap allows. */
  public boolean overTheCap() {
    return cap.isPresent()
        && llm.flatMap(LlmEstimate::usd)
            .filter(usd -> usd.expected() > cap.get().doubleValue())
            .isPresent();
  }
}
