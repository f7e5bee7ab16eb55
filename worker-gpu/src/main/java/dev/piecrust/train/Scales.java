package dev.piecrust.train;

import ai.djl.ndarray.NDArray;

/**
 * Mean and spread of what layers read or write, so that training sees numbers around one.
 *
 * @param mean of each coordinate, {@code [L, 1, d]}
 * @param spread root of the mean squared distance from the mean over all coordinates, {@code [L, 1,
 *     1]}
 */
record Scales(NDArray mean, NDArray spread) {
  /** Of a sample, {@code [L, N, d]}. */
  static Scales of(NDArray sample) {
    NDArray mean = sample.mean(new int[] {1}, true);
    NDArray squares = sample.sub(mean).square().mean(new int[] {2}, true); // [L, N, 1]
    return new Scales(mean, squares.mean(new int[] {1}, true).sqrt());
  }

  /** The sample in units of the spread around the mean, {@code [L, N, d]}. */
  NDArray normalize(NDArray sample) {
    return sample.sub(mean).divi(spread);
  }
}
