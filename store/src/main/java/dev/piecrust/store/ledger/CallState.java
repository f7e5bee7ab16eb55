package dev.piecrust.store.ledger;

/** Where a call to a language model stands. */
public enum CallState {
  /** Its worst case is set aside; the call is under way. */
  RESERVED,
  /** Its worst case is set aside; it waits for a batch, or is in one. */
  QUEUED,
  /** Answered, and paid for; where its usage is not known, the worst case counts. */
  SETTLED,
  /** Not answered and not charged. */
  RELEASED,
  /** Nobody knows: its worker died, or the connection broke; the worst case counts. */
  LOST
}
