package dev.piecrust.ledger;

import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.feature.FeatureId;

/**
 * For whom a call is made.
 *
 * @param stage such as {@code explain}, of {@link dev.piecrust.activity.FeatureStages}
 */
public record CallContext(
    String campaignId, String stage, FeatureId feature, LlmSpec llm, LimitsSpec limits) {}
