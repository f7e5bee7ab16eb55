package dev.piecrust.ledger;

import java.time.Duration;

/**
 * How batches are driven.
 *
 * @param enough calls that are handed over at once
 * @param longestWait of a call before it is handed over with however few others
 * @param poll how often the provider is asked about a batch
 * @param lease for how long one worker drives an endpoint's batches
 */
public record BatchSettings(int enough, Duration longestWait, Duration poll, Duration lease) {
  /** 2,000 calls or 45 s; a question a minute; leases of 3 minutes. */
  public static BatchSettings defaults() {
    return new BatchSettings(
        2_000, Duration.ofSeconds(45), Duration.ofSeconds(60), Duration.ofMinutes(3));
  }
}
