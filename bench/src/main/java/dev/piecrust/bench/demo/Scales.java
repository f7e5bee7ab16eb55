package dev.piecrust.bench.demo;

import ai.djl.ndarray.NDArray;

/**
 * Mean and spread of what a layer reads or writes, so that training sees numbers around one.
 *
 * @param mean of each coordinate, {@code [d]}
 * @param spread root of the mean squared distance from the mean over all coordinates, {@code [1]}
 */
record Scales(NDArray mean, NDArray spread) {
  /** Of a sample, {@code [N, d]}. */
  static Scales of(NDArray sample) {
    NDArray mean = sample.mean(new int[] {0});
    return new Scales(mean, sample.sub(mean).square().mean().sqrt().reshape(1));
  }

  /** The sample in units of the spread around the mean, {@code [N, d]}. */
  NDArray normalize(NDArray sample) {
    return sample.sub(mean).div(spread);
  }
}
