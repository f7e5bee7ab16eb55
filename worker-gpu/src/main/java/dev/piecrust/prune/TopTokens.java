package dev.piecrust.prune;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.piecrust.feature.Prediction;
import dev.piecrust.model.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The most likely next tokens of one run.
 *
 * @param ids most likely first
 * @param logProbs of each
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TopTokens(long[] ids, float[] logProbs) {
  private static final int MOST = 5;

  /**
   * Those of several runs.
   *
   * @param logProbs at the last position, [R, V]
   */
  static List<TopTokens> of(NDArray logProbs) {
    int runs = Math.toIntExact(logProbs.getShape().get(0));
    int k = Math.toIntExact(Math.min(MOST, logProbs.getShape().get(1)));
    NDList top = logProbs.topK(k, 1); // values and ids, each [R, k]
    float[] values = top.get(0).toFloatArray();
    long[] ids = top.get(1).toLongArray();
    List<TopTokens> all = new ArrayList<>();
    for (int r = 0; r < runs; r++) {
      int from = r * k;
      all.add(
          new TopTokens(
              IntStream.range(from, from + k).mapToLong(i -> ids[i]).toArray(),
              Arrays.copyOfRange(values, from, from + k)));
    }
    return all;
  }

  List<Prediction> predictions(Tokenizer tokenizer) {
    return IntStream.range(0, ids.length)
        .mapToObj(
            i -> new Prediction(tokenizer.token(Math.toIntExact(ids[i])), Math.exp(logProbs[i])))
        .toList();
  }
}
