package dev.piecrust.store.ledger;

import dev.piecrust.feature.FeatureId;
import java.util.Optional;

/**
 * Which calls to language models are wanted; what is empty is any.
 *
 * @param state only with a campaign, as are the others
 */
public record CallQuery(
    Optional<String> campaign,
    Optional<String> stage,
    Optional<String> model,
    Optional<CallState> state,
    Optional<FeatureId> feature) {
  /** All calls of all campaigns. */
  public static CallQuery all() {
    return new CallQuery(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
