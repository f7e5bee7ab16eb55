package dev.piecrust.gpu;

import ai.djl.engine.EngineException;
import java.util.Locale;
import java.util.function.BinaryOperator;

/** Runs a range of work, and where memory does not suffice, its halves one after the other. */
final class Halving {
  /** Work on the items {@code first} (inclusive) to {@code last} (exclusive). */
  @FunctionalInterface
  interface Part<T> {
    T run(int first, int last);
  }

  /** The result for a single item that does not fit. */
  @FunctionalInterface
  interface TooLarge<T> {
    T give(int item, String reason);
  }

  private Halving() {}

  /**
   * The result for {@code size} items, at least 1.
   *
   * @param most items that are tried together
   */
  static <T> T run(
      int size, int most, Part<T> part, BinaryOperator<T> merge, TooLarge<T> tooLarge) {
    T result = halves(0, Math.min(most, size), part, merge, tooLarge);
    for (int first = most; first < size; first += most) {
      result =
          merge.apply(result, halves(first, Math.min(size, first + most), part, merge, tooLarge));
    }
    return result;
  }

  private static <T> T halves(
      int first, int last, Part<T> part, BinaryOperator<T> merge, TooLarge<T> tooLarge) {
    try {
      return part.run(first, last);
    } catch (EngineException | OutOfMemoryError e) {
      if (!isOutOfMemory(e)) {
        throw e;
      }
      if (last - first < 2) {
        return tooLarge.give(
            first,
            "does not fit into memory, even by itself (%s)"
                .formatted(String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
      }
    }
    int middle = (first + last) >>> 1;
    return merge.apply(
        halves(first, middle, part, merge, tooLarge), halves(middle, last, part, merge, tooLarge));
  }

  private static boolean isOutOfMemory(Throwable e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return e instanceof OutOfMemoryError
        || message.contains("out of memory")
        || message.contains("not enough memory")
        || message.contains("can't allocate memory");
  }
}
