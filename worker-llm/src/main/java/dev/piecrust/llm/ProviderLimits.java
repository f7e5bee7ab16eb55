package dev.piecrust.llm;

import java.util.Optional;

/**
 * What a provider's headers say of its rates.
 *
 * @param requestsPerMinute absent where it does not say
 * @param tokensPerMinute likewise
 */
public record ProviderLimits(
    Optional<Integer> requestsPerMinute, Optional<Integer> tokensPerMinute) {
  /** A provider that says nothing, or that has no limits. */
  public static final ProviderLimits UNSAID =
      new ProviderLimits(Optional.empty(), Optional.empty());
}
