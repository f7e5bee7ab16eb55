package dev.piecrust.evidence;

import dev.piecrust.transcoder.FeatureHit;

/**
 * A feature's activations in one window, token by token.
 *
 * @param position ascending, BOS counted
 * @param value above 0, one a position
 */
@SuppressWarnings("ArrayRecordComponent") // a column store: equality of contents is not asked of it
record WindowHit(int window, float maximum, int[] position, float[] value) {
  WindowHit(int window, FeatureHit hit) {
    this(window, hit.maximum(), hit.position(), hit.value());
  }
}
