package dev.piecrust.store.ledger;

import dev.piecrust.feature.FeatureId;
import dev.piecrust.price.TokenUsage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * A call to a language model.
 *
 * @param batched whether it went in a batch
 * @param reservedUsd the most that it could cost; empty where nobody knows the price
 * @param usd what it cost; empty while that is not known
 * @param usage empty while it is not known
 * @param worker who made it
 * @param error why there is no answer, or why its usage is not known; empty where both are there
 */
public record CallLine(
    long id,
    String campaign,
    String stage,
    FeatureId feature,
    String provider,
    String model,
    CallState state,
    boolean batched,
    Optional<BigDecimal> reservedUsd,
    Optional<BigDecimal> usd,
    Optional<TokenUsage> usage,
    String worker,
    Instant reservedAt,
    Optional<Instant> endedAt,
    String error) {}
