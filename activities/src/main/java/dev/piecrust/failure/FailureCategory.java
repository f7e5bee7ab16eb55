package dev.piecrust.failure;

/** Why something failed, which decides whether trying again can help. */
public enum FailureCategory {
  /**
   * The user's input is wrong: never retried; the message names what, where and what was expected.
   */
  USER(false),
  /** Something outside the program failed (network, disk, a service): retried with back-off. */
  EXTERNAL(true),
  /** Memory or disk did not suffice: retried smaller, or refused. */
  RESOURCES(true),
  /**
   * A NaN or an infinity where a number was due: the same input gives it again, so never retried.
   */
  NUMERIC(false),
  /** Work that ended every process that did it: never retried by itself. */
  LETHAL(false),
  /** A fault of this program: retried a few times, reported with its cause. */
  INTERNAL(true);

  private final boolean retryable;

  FailureCategory(boolean retryable) {
    this.retryable = retryable;
  }

  /** Whether the same attempt may succeed later. */
  public boolean retryable() {
    return retryable;
  }
}
