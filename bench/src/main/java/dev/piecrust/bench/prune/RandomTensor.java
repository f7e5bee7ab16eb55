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
 * @param hole elements at the start of each step along axis 0 that are left a hole in the file,
 *     because no reader looks at them
 */
record RandomTensor(String name, List<Long> shape, float spread, float value, long hole) {
  static RandomTensor normal(String name, double spread, long... shape) {
    return new RandomTensor(name, sides(shape), (float) spread, 0, 0);
  }

  static RandomTensor constant(String name, double value, long... shape) {
    return new RandomTensor(name, sides(shape), 0, (float) value, 0);
  }

  private static List<Long> sides(long... shape) {
    return Arrays.stream(shape).boxed().toList();
  }

  /** The same with a hole in each step along axis 0. */
  RandomTensor withHole(long elements) {
    return new RandomTensor(name, shape, spread, value, elements);
  }

  /** Elements that are written. */
  long written() {
    return elements() - hole * shape.get(0);
  }

  /** Number of elements. */
  long elements() {
    return shape.stream().reduce(1L, (a, b) -> a * b);
  }
}
