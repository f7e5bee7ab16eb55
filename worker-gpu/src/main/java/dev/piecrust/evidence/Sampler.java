package dev.piecrust.evidence;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.model.Transformer;

/** Draws next tokens from a model's distribution at temperature 1. */
final class Sampler {
  private final Transformer model;

  Sampler(Transformer model) {
    this.model = model;
  }

  /**
   * A token for each row: the first whose cumulative probability exceeds the row's number.
   *
   * @param hidden [B, d]
   * @param uniform [B], from 0 (inclusive) to 1 (exclusive)
   */
  int[] next(NDArray hidden, double[] uniform) {
    try (NDManager scope = hidden.getManager().newSubManager()) {
      NDArray logits = model.unembed(hidden); // [B, V]
      logits.attach(scope);
      NDArray cumulative = logits.toType(DataType.FLOAT64, false).softmax(1).cumSum(1); // [B, V]
      NDArray numbers = scope.create(uniform, new Shape(uniform.length, 1));
      NDArray below = cumulative.lte(numbers).toType(DataType.INT64, false).sum(new int[] {1});
      long[] tokens = below.toLongArray(); // [B]
      int[] next = new int[tokens.length];
      for (int b = 0; b < next.length; b++) {
        // Rounding may leave the last sum a little under 1.
        next[b] = (int) Math.min(tokens[b], model.vocabulary() - 1L);
      }
      return next;
    }
  }
}
