package dev.piecrust.transcoder;

import java.util.Arrays;

/** The active features of one row of pre-activations. */
final class RowHits {
  private int[] feature = new int[0];
  private float[] value = new float[0];
  private int size;

  /** Collects what exceeds its bound, and every NaN, so that it is noticed. */
  void find(float[] row, float[] bounds) {
    for (int f = 0; f < row.length; f++) {
      if (!(row[f] <= bounds[f]) && row[f] != 0) {
        add(f, row[f]);
      }
    }
  }

  private void add(int f, float a) {
    if (size == feature.length) {
      feature = Arrays.copyOf(feature, Math.max(64, 2 * size));
      value = Arrays.copyOf(value, feature.length);
    }
    feature[size] = f;
    value[size++] = a;
  }

  void moveTo(ActivationCollector collector, int layer, int position) {
    for (int i = 0; i < size; i++) {
      collector.add(layer, position, feature[i], value[i]);
    }
  }
}
