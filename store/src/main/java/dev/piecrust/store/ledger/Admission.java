package dev.piecrust.store.ledger;

import java.time.Duration;

/** What became of the wish to make a call. */
public sealed interface Admission {
  /** It was made before. */
  record Answered(String text, boolean truncated, long call) implements Admission {}

  /**
   * Its worst case is set aside: make it after this long, and settle it.
   *
   * @param slotMs its turn, by the database's clock; 0 where there are no turns
   */
  record Reserved(long call, Duration after, long slotMs) implements Admission {}

  /** Somebody makes the same call at this moment. */
  record InFlight() implements Admission {}

  /** It is queued for a batch. */
  record Queued(long call) implements Admission {}

  /** The endpoint takes no call yet. */
  record Wait(Duration atLeast, String reason) implements Admission {}

  /** The cap does not allow it while other calls are open, which may turn out cheaper. */
  record Tight(String reason) implements Admission {}

  /** The cap does not allow it. */
  record OverBudget(String reason) implements Admission {}
}
