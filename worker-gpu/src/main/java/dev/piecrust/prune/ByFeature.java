package dev.piecrust.prune;

import java.util.Arrays;

/**
 * Entries in the order of their features, so that each decoder row is read once, whoever needs it.
 *
 * @param order the entries, by (layer, feature), [n]
 * @param start where each layer's entries begin in {@code order}, and n at the end, [L+1]
 */
@SuppressWarnings("ArrayRecordComponent") // equality of contents is not asked of it
record ByFeature(int[] order, int[] start) {
  /**
   * @param layer of each entry, [n]
   * @param feature of each entry, [n]
   */
  static ByFeature of(int layers, int[] layer, int[] feature) {
    int[] start = new int[layers + 1];
    for (int l : layer) {
      start[l + 1]++;
    }
    for (int l = 0; l < layers; l++) {
      start[l + 1] += start[l];
    }
    long[] keys = new long[layer.length]; // feature, then entry
    int[] next = start.clone();
    for (int i = 0; i < layer.length; i++) {
      keys[next[layer[i]]++] = (long) feature[i] << 32 | i;
    }
    for (int l = 0; l < layers; l++) {
      Arrays.sort(keys, start[l], start[l + 1]);
    }
    return new ByFeature(Arrays.stream(keys).mapToInt(key -> (int) key).toArray(), start);
  }
}
