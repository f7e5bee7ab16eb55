package dev.piecrust.transcoder;

/**
 * The non-zero activations of one prompt, sorted by (layer, position, feature).
 *
 * @param layer layer of each entry, [n]
 * @param position token position of each entry, [n]
 * @param feature feature index of each entry, [n]
 * @param value activation of each entry, [n]
 */
@SuppressWarnings("ArrayRecordComponent") // a column store: equality of contents is not asked of it
public record SparseActivations(int[] layer, int[] position, int[] feature, float[] value) {
  /** None. */
  public static final SparseActivations EMPTY =
      new SparseActivations(new int[0], new int[0], new int[0], new float[0]);

  /** How many activations there are. */
  public int size() {
    return layer.length;
  }
}
