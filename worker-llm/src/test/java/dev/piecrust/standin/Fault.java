package dev.piecrust.standin;

/** What can go wrong with an answer. */
public enum Fault {
  NONE,
  TOO_MANY,
  SERVER_ERROR,
  STALL,
  CUT,
  INVALID_JSON,
  WRONG_SHAPE,
  NO_USAGE
}
