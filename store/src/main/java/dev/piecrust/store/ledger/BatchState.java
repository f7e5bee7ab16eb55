package dev.piecrust.store.ledger;

/** Where a batch of calls stands. */
public enum BatchState {
  /** Being handed to the provider, which may or may not have it. */
  SUBMITTING,
  /** The provider works on it. */
  OPEN,
  /** Nothing more will come of it: what has no answer is queued again. */
  CLOSED
}
