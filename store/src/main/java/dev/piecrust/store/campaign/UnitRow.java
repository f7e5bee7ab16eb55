package dev.piecrust.store.campaign;

import dev.piecrust.activity.ArtifactRef;
import java.time.Instant;
import java.util.Optional;

/**
 * A unit of work that ended.
 *
 * @param done prompts done
 * @param failed prompts without a result
 * @param result the unit's artifact; absent where the unit is parked
 * @param reason why it is parked
 * @param at when it ended
 */
public record UnitRow(
    String stage,
    String unit,
    State state,
    int done,
    int failed,
    Optional<ArtifactRef> result,
    Optional<String> reason,
    Instant at) {
  /** How a unit ended. */
  public enum State {
    /** With an artifact, though some of its prompts may have no result. */
    DONE,
    /** Given up after its retries, so that the campaign could go on. */
    PARKED
  }
}
