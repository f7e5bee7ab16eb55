package dev.piecrust.train;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The order in which training goes through a corpus, again and again, each time another. */
final class WindowOrder {
  private final int windows;
  private final long seed;
  private int[] order = {};
  private long epoch = -1;

  /**
   * @param windows of the corpus
   * @param seed of all orders
   */
  WindowOrder(int windows, long seed) {
    this.windows = windows;
    this.seed = seed;
  }

  /** The window that is read as number {@code i}, from 0. */
  int at(long i) {
    if (i / windows != epoch) {
      epoch = i / windows;
      order = shuffled(windows, seed * 1_000_003 + epoch);
    }
    return order[(int) (i % windows)];
  }

  /** The numbers from 0 to {@code count − 1}, shuffled (Fisher and Yates). */
  static int[] shuffled(int count, long seed) {
    int[] numbers = IntStream.range(0, count).toArray();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = count - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = numbers[i];
      numbers[i] = numbers[j];
      numbers[j] = swapped;
    }
    return numbers;
  }
}
