package dev.piecrust.transcoder;

import java.util.Arrays;

/** Gathers the entries of one {@link SparseActivations}, in order. */
final class ActivationCollector {
  private int[] layer = new int[1024];
  private int[] position = new int[1024];
  private int[] feature = new int[1024];
  private float[] value = new float[1024];
  private int size;

  void add(int l, int p, int f, float a) {
    if (size == layer.length) {
      layer = Arrays.copyOf(layer, 2 * size);
      position = Arrays.copyOf(position, 2 * size);
      feature = Arrays.copyOf(feature, 2 * size);
      value = Arrays.copyOf(value, 2 * size);
    }
    layer[size] = l;
    position[size] = p;
    feature[size] = f;
    value[size++] = a;
  }

  SparseActivations finish() {
    return new SparseActivations(
        Arrays.copyOf(layer, size),
        Arrays.copyOf(position, size),
        Arrays.copyOf(feature, size),
        Arrays.copyOf(value, size));
  }
}
