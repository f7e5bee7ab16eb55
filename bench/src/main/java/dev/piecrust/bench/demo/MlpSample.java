package dev.piecrust.bench.demo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.piecrust.model.TokenBatch;
import dev.piecrust.model.Trace;
import dev.piecrust.model.Transformer;
import java.util.List;

/**
 * What the MLPs of a model read and write on {@code N} tokens, BOS left out.
 *
 * @param read {@code x[l] [N, d]} at {@code resid_mid}
 * @param written {@code y[l] [N, d]} at {@code mlp_out}
 */
record MlpSample(List<NDArray> read, List<NDArray> written) {
  /** Over a batch of windows of equal length; the sample belongs to {@code manager}. */
  static MlpSample of(NDManager manager, Transformer model, TokenBatch batch) {
    try (NDManager scope = manager.newSubManager()) {
      Trace trace = model.trace(scope, batch);
      return new MlpSample(rows(manager, trace.residMid()), rows(manager, trace.mlpOut()));
    }
  }

  /** {@code N}. */
  long tokens() {
    return read.get(0).getShape().get(0);
  }

  private static List<NDArray> rows(NDManager manager, List<NDArray> streams) {
    return streams.stream().map(stream -> rows(manager, stream)).toList();
  }

  /** {@code [B, T, d]} to {@code [B·(T-1), d]}: the first token is BOS, where no feature acts. */
  private static NDArray rows(NDManager manager, NDArray stream) {
    NDArray rows = stream.get(new NDIndex(":, 1:")).reshape(-1, stream.getShape().get(2));
    rows.attach(manager);
    return rows;
  }
}
