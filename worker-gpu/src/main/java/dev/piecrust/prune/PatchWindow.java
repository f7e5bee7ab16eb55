package dev.piecrust.prune;

/**
 * The part of a patch that is built.
 *
 * @param layer the first layer
 * @param from the first position
 * @param to the position after the last, past every set's prompt
 */
record PatchWindow(int layer, int from, int to) {
  /** All layers and the first {@code positions} positions. */
  static PatchWindow all(int positions) {
    return new PatchWindow(0, 0, positions);
  }

  int positions() {
    return to - from;
  }
}
