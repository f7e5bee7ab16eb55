package dev.piecrust.model.decoder;

import ai.djl.ndarray.NDArray;
import dev.piecrust.model.Ops;
import java.util.function.UnaryOperator;

/**
 * The gated MLP {@code (act(z) · u)·downᵀ} with {@code z = x·gateᵀ} and {@code u = x·upᵀ}, forwards
 * and, made linear, backwards.
 *
 * @param slope {@code act(z)/z}; where {@code z} is 0 its limit {@code act'(0)}
 * @param half 1/2, a scalar array
 */
record GatedMlp(UnaryOperator<NDArray> slope, NDArray half) {
  /** What the MLP makes of normed rows {@code [B,T,d]}. */
  NDArray forward(NDArray normed, DecoderLayer w) {
    NDArray z = Ops.linear(normed, w.gate()); // [B,T,I]
    NDArray gate = Ops.mul(slope.apply(z), z); // [B,T,I]
    NDArray inner = Ops.mul(gate, Ops.linear(normed, w.up())); // [B,T,I]
    return Ops.linear(inner, w.down()); // [B,T,d]
  }

  /**
   * The gradient with respect to normed rows of a gradient {@code [B,T,d]} with respect to what the
   * MLP made of them, by the identity and the half rule (METHOD §5, {@code clt-relp}).
   */
  NDArray relevance(NDArray gradient, NDArray normed, DecoderLayer w) {
    NDArray z = Ops.linear(normed, w.gate()); // [B,T,I]
    NDArray halved = Ops.mul(gradient.matMul(w.down()), half); // [B,T,I]
    NDArray inner = Ops.mul(halved, slope.apply(z)); // [B,T,I]
    NDArray throughGate = inner.mul(Ops.linear(normed, w.up())).matMul(w.gate());
    return throughGate.add(inner.mul(z).matMul(w.up())); // [B,T,d]
  }
}
