package dev.piecrust.transcoder;

/**
 * Where one feature is active in one prompt.
 *
 * @param ordinal of the feature in the list that was looked at
 * @param position ascending, at least one
 * @param value the activation at each, above 0
 */
@SuppressWarnings("ArrayRecordComponent") // a column store: equality of contents is not asked of it
public record FeatureHit(int ordinal, int[] position, float[] value) {
  /** The largest activation. */
  public float maximum() {
    float largest = 0;
    for (float a : value) {
      largest = Math.max(largest, a);
    }
    return largest;
  }
}
