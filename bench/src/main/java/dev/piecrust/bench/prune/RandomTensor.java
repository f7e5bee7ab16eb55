package dev.piecrust.bench.prune;

import java.util.Arrays;
import java.util.List;

/**
 * A tensor to be written: normal numbers around a value.
 *
 * @param name in the file
 * @param shape outermost side first
 * @param spread the standard deviation; 0 for the value throughout
 * @param value the mean
 */
record RandomTensor(String name, List<Long> shape, float spread, float value) {
  static RandomTensor normal(String name, double spread, long... shape) {
    return new RandomTensor(name, sides(shape), (float) spread, 0);
  }

  static RandomTensor constant(String name, double value, long... shape) {
    return new RandomTensor(name, sides(shape), 0, (float) value);
  }

  private static List<Long> sides(long... shape) {
    return Arrays.stream(shape).boxed().toList();
  }

  /** Number of elements. */
  long elements() {
    return shape.stream().reduce(1L, (a, b) -> a * b);
  }
}
