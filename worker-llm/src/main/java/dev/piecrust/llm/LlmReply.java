package dev.piecrust.llm;

import dev.piecrust.price.TokenUsage;
import java.util.Optional;

/**
 * An answer.
 *
 * @param usage as reported; absent where the provider does not say
 * @param truncated whether the answer ended at the limit of tokens
 * @param limits what the provider says of its rates
 */
public record LlmReply(
    String text, Optional<TokenUsage> usage, boolean truncated, ProviderLimits limits) {}
