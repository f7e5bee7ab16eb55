package dev.piecrust.transcoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * TopK over all layers together (docs/method.md §3): of a token's features in all layers, those
 * that rank highest are active.
 *
 * @param most how many
 * @param byDecoderNorm whether they rank by activation times the norm of all that the feature
 *     writes, and not by activation
 */
record JointTopK(int most, boolean byDecoderNorm) {
  /**
   * What a feature of each row must rank at least to be active, [R, 1]; 0 where so few are above 0
   * that all of them are.
   *
   * @param encoders of all layers
   * @param rows {@code R}
   * @param step rows that are encoded at a time: as many as where they are compared, so that it is
   *     with the very same numbers
   * @param read what the encoder of a layer reads, [R, d], within a scope
   */
  NDArray least(
      NDManager target,
      List<EncoderLayer> encoders,
      long rows,
      long step,
      BiFunction<NDManager, Integer, NDArray> read) {
    try (NDManager held = target.newSubManager()) {
      List<NDArray> highest = new ArrayList<>(); // of each step, [≤step, ≤most]
      for (int l = 0; l < encoders.size(); l++) {
        try (NDManager scope = held.newSubManager()) {
          NDArray x = read.apply(scope, l);
          for (int i = 0; i * step < rows; i++) {
            NDArray some = x.get(scope, part(i * step, rows, step));
            NDArray rank = encoders.get(l).rank(encoders.get(l).preactivations(some));
            if (l == 0) {
              highest.add(attached(largest(rank), held));
            } else {
              NDArray before = highest.get(i);
              highest.set(i, attached(largest(before.concat(largest(rank), 1)), held));
              before.close();
            }
          }
        }
      }
      NDArray all = NDArrays.concat(new NDList(highest)); // [R, ≤most]
      return attached(
          all.getShape().get(1) < most
              ? held.zeros(new Shape(rows, 1))
              : all.min(new int[] {1}, true),
          target);
    }
  }

  /** Rows from one on, at most {@code step} of {@code rows}. */
  static NDIndex part(long from, long rows, long step) {
    return new NDIndex("{}:{}", from, Math.min(rows, from + step));
  }

  private NDArray largest(NDArray ranks) {
    int k = Math.toIntExact(Math.min(most, ranks.getShape().get(1)));
    return ranks.topK(k, 1).get(0);
  }

  private static NDArray attached(NDArray array, NDManager to) {
    array.attach(to);
    return array;
  }
}
