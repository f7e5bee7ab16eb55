package dev.piecrust.bench.prune;

import java.util.Random;

/**
 * Normal numbers to cut random tensors from. Its size is odd, so that rows of a matrix that is cut
 * from its repetition differ.
 */
final class RandomPool {
  static final int SIZE = (1 << 22) + 1;

  private final float[] numbers = new float[SIZE];
  private final Random random;

  RandomPool(long seed) {
    random = new Random(seed);
    for (int i = 0; i < SIZE; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
  }

  /** Where the next tensor begins. */
  int nextStart() {
    return random.nextInt(SIZE);
  }

  /** The number at {@code i}, less than twice the size. */
  float at(int i) {
    return numbers[i < SIZE ? i : i - SIZE];
  }
}
