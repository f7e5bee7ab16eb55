package dev.piecrust.store.ledger;

import dev.piecrust.feature.FeatureId;
import dev.piecrust.store.rate.Endpoints;
import dev.piecrust.store.rate.RateRequest;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * A call that somebody wants to make.
 *
 * @param stage such as {@code explain}
 * @param endpoint key of where it goes, see {@link Endpoints}
 * @param cacheKey hash of all that decides its answer
 * @param worstCase the most that it can cost; empty where nobody knows the price
 * @param worker who makes it, see {@link LlmWorkers}
 * @param rate what it needs of the endpoint; empty where nothing is limited
 * @param body what a batch will ask; empty for a call that is made at once
 */
public record CallRequest(
    String campaignId,
    String stage,
    FeatureId feature,
    String endpoint,
    String provider,
    String model,
    String cacheKey,
    Optional<BigDecimal> worstCase,
    String worker,
    Optional<RateRequest> rate,
    Optional<String> body) {}
