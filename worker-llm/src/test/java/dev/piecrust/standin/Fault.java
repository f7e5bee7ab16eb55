package dev.piecrust.standin;

/** What can go wrong with an answer. */
public enum Fault {
  NONE,
  TOO_MANY,
  SERVER_ERROR,
  STALL,
  /** The connection is reset before the answer. */
  RESET,
  CUT,
  INVALID_JSON,
  WRONG_SHAPE,
  /** The whole body comes twice. */
  DOUBLED,
  NO_USAGE,
  NO_INPUT,
  NO_OUTPUT,
  TOO_MUCH_INPUT,
  TOO_MUCH_OUTPUT,
  NEGATIVE_USAGE,
  /** More was read from the cache than the prompt has. */
  TOO_MUCH_CACHED,
  /** Nothing is wrong: the prompt was written to the provider's cache. */
  CACHE_WRITE;

  /** Whether what is reported is what was used. */
  boolean honest() {
    return this == NONE || this == DOUBLED || this == CACHE_WRITE;
  }
}
