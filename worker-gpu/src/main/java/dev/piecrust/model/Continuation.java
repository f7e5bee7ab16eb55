package dev.piecrust.model;

import ai.djl.ndarray.NDArray;

/**
 * Prompts of one length that are read on, a token each at a time, against the keys and values of
 * what was read before: a step costs one position, however long the prompts have become.
 */
public interface Continuation extends AutoCloseable {
  /** How many tokens of each prompt have been read. */
  int length();

  /**
   * The stream after the final norm at the last position read, {@code [B,d]}; it belongs to the
   * continuation and is gone with the next {@link #read}.
   */
  NDArray hidden();

  /**
   * Reads one more token of each prompt.
   *
   * @param next {@code [B]}
   */
  void read(int[] next);

  /** Frees keys and values. */
  @Override
  void close();
}
