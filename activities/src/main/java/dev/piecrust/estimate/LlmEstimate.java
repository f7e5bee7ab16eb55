package dev.piecrust.estimate;

import java.util.Optional;

/**
 * What stages II and III will take.
 *
 * @param features that will be explained
 * @param counted whether their number is known, because pruning is done
 * @param calls to the model
 * @param inputTokens of all prompts
 * @param outputTokens of all answers
 * @param usd absent where the price is not known
 * @param seconds from the first call to the last answer
 */
public record LlmEstimate(
    Range features,
    boolean counted,
    Range calls,
    Range inputTokens,
    Range outputTokens,
    Optional<Range> usd,
    Range seconds) {}
