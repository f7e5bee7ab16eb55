package dev.piecrust.llm;

import dev.piecrust.price.ServiceTier;
import dev.piecrust.price.TokenUsage;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * An answer.
 *
 * @param usage as reported; absent where the provider does not say
 * @param truncated whether the answer ended at the limit of tokens
 * @param limits what the provider says of its rates
 * @param tier in which it was served; absent where the answer does not say
 * @param usd what the provider says that it costs; absent where it does not
 */
public record LlmReply(
    String text,
    Optional<TokenUsage> usage,
    boolean truncated,
    ProviderLimits limits,
    Optional<ServiceTier> tier,
    Optional<BigDecimal> usd) {
  /** Of a provider that says neither tier nor cost. */
  public LlmReply(
      String text, Optional<TokenUsage> usage, boolean truncated, ProviderLimits limits) {
    this(text, usage, truncated, limits, Optional.empty(), Optional.empty());
  }
}
