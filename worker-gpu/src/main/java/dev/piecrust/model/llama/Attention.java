package dev.piecrust.model.llama;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.model.Ops;

/**
 * Grouped-query attention of one layer, forwards and, with the pattern held constant, backwards.
 *
 * @param scale {@code 1/√h}, a scalar array
 */
record Attention(LlamaConfig config, NDArray scale) {
  /**
   * @param out what attention adds to the residual stream, {@code [B,T,d]}
   * @param pattern {@code [B,K,G·T,T]}, every row summing to 1
   */
  record Result(NDArray out, NDArray pattern) {}

  /** Attention over normed rows {@code [B,T,d]}. */
  Result forward(NDArray normed, LlamaLayer w, Positions.Slice positions) {
    Shape shape = normed.getShape();
    long b = shape.get(0);
    long t = shape.get(1);
    int kv = config.keyValueHeads();
    int g = config.group();
    NDArray q = split(Ops.linear(normed, w.query()), config.heads()); // [B,H,T,h]
    NDArray k = split(Ops.linear(normed, w.key()), kv); // [B,K,T,h]
    NDArray v = split(Ops.linear(normed, w.value()), kv); // [B,K,T,h]
    NDArray queries =
        positions.rotate(q).mul(scale).reshape(b, kv, g * t, config.headSize()); // [B,K,G·T,h]
    NDArray keys = positions.rotate(k).transpose(0, 1, 3, 2); // [B,K,h,T]
    NDArray scores = queries.matMul(keys).reshape(b, kv, g, t, t).add(positions.mask());
    NDArray pattern = scores.softmax(4).reshape(b, kv, g * t, t); // [B,K,G·T,T]
    NDArray heads = pattern.matMul(v).reshape(b, config.heads(), t, config.headSize());
    return new Result(Ops.linear(join(heads), w.output()), pattern);
  }

  /**
   * The gradient with respect to normed rows of a gradient {@code [B,T,d]} with respect to what
   * attention added: through the value path alone.
   */
  NDArray adjoint(NDArray gradient, LlamaLayer w, NDArray pattern) {
    Shape shape = gradient.getShape();
    long b = shape.get(0);
    long t = shape.get(1);
    int kv = config.keyValueHeads();
    NDArray heads =
        split(gradient.matMul(w.output()), config.heads()) // [B,H,T,h]
            .reshape(b, kv, config.group() * t, config.headSize()); // [B,K,G·T,h]
    // The product sums over the queries of a group, as they share their values.
    NDArray backwards = pattern.transpose(0, 1, 3, 2); // [B,K,T,G·T]
    backwards.attach(gradient.getManager());
    NDArray values = backwards.matMul(heads); // [B,K,T,h]
    return join(values).matMul(w.value()); // [B,T,d]
  }

  /** {@code [B,T,n·h]} to {@code [B,n,T,h]}. */
  private NDArray split(NDArray rows, int heads) {
    Shape shape = rows.getShape();
    return rows.reshape(shape.get(0), shape.get(1), heads, config.headSize()).transpose(0, 2, 1, 3);
  }

  /** {@code [B,n,T,h]} to {@code [B,T,n·h]}. */
  private NDArray join(NDArray heads) {
    Shape shape = heads.getShape();
    return heads
        .transpose(0, 2, 1, 3)
        .reshape(shape.get(0), shape.get(2), shape.get(1) * shape.get(3));
  }
}
