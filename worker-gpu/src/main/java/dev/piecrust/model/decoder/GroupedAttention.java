package dev.piecrust.model.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.model.Ops;
import java.util.Optional;

/**
 * Grouped-query attention of one layer, forwards and, with the pattern held constant, backwards.
 *
 * @param config {@code H}, {@code K} and {@code h}
 * @param scale of the queries, a scalar array
 * @param norm of each head's queries and keys, where they are normed
 * @param cap of the scores, if they have one
 */
record GroupedAttention(DecoderShape config, NDArray scale, RmsNorm norm, Optional<SoftCap> cap) {
  /**
   * Rotated keys and values, {@code [B,K,T,h]} each.
   *
   * @param keys rotated by their positions
   * @param values as they are
   */
  record Cache(NDArray keys, NDArray values) {}

  /**
   * @param out what attention adds to the residual stream, {@code [B,T,d]}
   * @param pattern {@code [B,K,G·T,S]}, every row summing to 1, over {@code S} positions: those of
   *     the past and the {@code T} own
   * @param cache of the {@code T} own positions
   */
  record Result(NDArray out, NDArray pattern, Cache cache) {}

  /**
   * Attention over normed rows {@code [B,T,d]}.
   *
   * @param past of one prompt, {@code [1,K,p,h]}, which all {@code B} rows share, or of each row
   */
  Result forward(
      NDArray normed, DecoderLayer w, Positions.OfLayer positions, Optional<Cache> past) {
    Shape shape = normed.getShape();
    long b = shape.get(0);
    long t = shape.get(1);
    int kv = config.keyValueHeads();
    int g = config.group();
    Optional<DecoderLayer.Biases> bias = w.biases();
    Optional<DecoderLayer.HeadNorms> norms = w.headNorms();
    NDArray q =
        rows(normed, w.query(), bias.map(DecoderLayer.Biases::query), config.heads()); // [B,H,T,h]
    NDArray k = rows(normed, w.key(), bias.map(DecoderLayer.Biases::key), kv); // [B,K,T,h]
    NDArray v = rows(normed, w.value(), bias.map(DecoderLayer.Biases::value), kv); // [B,K,T,h]
    q = positions.rotate(normed(q, norms.map(DecoderLayer.HeadNorms::query)));
    k = positions.rotate(normed(k, norms.map(DecoderLayer.HeadNorms::key)));
    NDArray queries = Ops.mul(q, scale).reshape(b, kv, g * t, config.headSize()); // [B,K,G·T,h]
    NDArray own = queries.matMul(k.transpose(0, 1, 3, 2)); // [B,K,G·T,T]
    NDArray scores =
        past.map(p -> shared(queries, p.keys().transpose(0, 1, 3, 2)).concat(own, 3)).orElse(own);
    NDArray capped = cap.map(c -> c.apply(scores)).orElse(scores);
    NDArray masked = Ops.add(capped.reshape(b, kv, g, t, -1), positions.mask()); // [B,K,G,T,S]
    NDArray pattern = masked.softmax(4).reshape(b, kv, g * t, -1); // [B,K,G·T,S]
    NDArray heads = past.map(p -> mixed(pattern, p.values(), v)).orElseGet(() -> pattern.matMul(v));
    NDArray joined = join(heads.reshape(b, config.heads(), t, config.headSize()));
    return new Result(Ops.linear(joined, w.output()), pattern, new Cache(k, v));
  }

  private NDArray rows(NDArray normed, NDArray weight, Optional<NDArray> bias, int heads) {
    return split(
        bias.map(b -> Ops.linear(normed, weight, b)).orElseGet(() -> Ops.linear(normed, weight)),
        heads);
  }

  private NDArray normed(NDArray heads, Optional<NDArray> weight) {
    return weight.map(w -> norm.forward(heads, w).out()).orElse(heads);
  }

  /** Values of the past {@code [1 or B,K,p,h]} and own ones {@code [B,K,T,h]} by one pattern. */
  private static NDArray mixed(NDArray pattern, NDArray past, NDArray own) {
    long p = past.getShape().get(2);
    NDArray before = shared(pattern.get(new NDIndex("..., :{}", p)), past);
    return before.add(pattern.get(new NDIndex("..., {}:", p)).matMul(own)); // [B,K,G·T,h]
  }

  /**
   * {@code [B,K,n,a]} times {@code [B,K,a,c]} or {@code [1,K,a,c]}. A batch that shares its table
   * goes into the rows, where broadcasting would copy the table for each.
   */
  private static NDArray shared(NDArray rows, NDArray table) {
    Shape shape = rows.getShape();
    long b = shape.get(0);
    long kv = shape.get(1);
    long n = shape.get(2);
    if (table.getShape().get(0) == b) {
      return rows.matMul(table); // [B,K,n,c]
    }
    return rows.transpose(1, 0, 2, 3)
        .reshape(kv, b * n, shape.get(3))
        .matMul(table.squeeze(0))
        .reshape(kv, b, n, -1)
        .transpose(1, 0, 2, 3); // [B,K,n,c]
  }

  /**
   * The gradient with respect to normed rows of a gradient {@code [B,T,d]} with respect to what
   * attention added: through the value path alone.
   */
  NDArray adjoint(NDArray gradient, DecoderLayer w, NDArray pattern) {
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
