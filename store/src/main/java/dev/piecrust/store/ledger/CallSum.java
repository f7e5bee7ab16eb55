package dev.piecrust.store.ledger;

import dev.piecrust.price.TokenUsage;
import java.math.BigDecimal;

/**
 * The calls of one stage of a campaign to one model, added up.
 *
 * @param released not answered and not charged, such as those refused by a rate limit: each is a
 *     retry, or the end of one
 */
public record CallSum(
    String campaign,
    String stage,
    String provider,
    String model,
    long open,
    long released,
    CostLine cost) {
  static CallSum of(LlmSumRow row) {
    TokenUsage usage =
        new TokenUsage(
            row.inputTokens,
            row.cachedInputTokens,
            row.cacheWriteTokens,
            row.outputTokens,
            row.reasoningTokens);
    BigDecimal usd = row.usd;
    return new CallSum(
        row.key.campaignId(),
        row.key.stage(),
        row.key.provider(),
        row.key.model(),
        row.openCalls,
        row.released,
        new CostLine(
            row.key.stage(),
            row.settled,
            row.hits,
            usage,
            row.unreported,
            usd,
            row.unknownUsd,
            row.reservedUsd,
            row.unpriced,
            row.lost));
  }
}
