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
    try (NDArray gate = gate(normed, w); // [B,T,I]
        NDArray up = Ops.linear(normed, w.up()); // [B,T,I]
        NDArray inner = Ops.mul(gate, up)) {
      return Ops.linear(inner, w.down()); // [B,T,d]
    }
  }

  private NDArray gate(NDArray normed, DecoderLayer w) {
    try (NDArray z = Ops.linear(normed, w.gate())) {
      return Ops.mul(slope.apply(z), z);
    }
  }

  /**
   * The gradient with respect to normed rows of a gradient {@code [B,T,d]} with respect to what the
   * MLP made of them, by the identity and the half rule (docs/method.md §5, {@code clt-relp}).
   */
  NDArray relevance(NDArray gradient, NDArray normed, DecoderLayer w) {
    try (NDArray z = Ops.linear(normed, w.gate()); // [B,T,I]
        NDArray inner = halved(gradient, z, w); // [B,T,I]
        NDArray up = Ops.linear(normed, w.up()); // [B,T,I]
        NDArray gateGradient = Ops.mul(up, inner);
        NDArray upGradient = Ops.mul(inner, z)) {
      NDArray throughGate = gateGradient.matMul(w.gate()); // [B,T,d]
      return Ops.add(throughGate, upGradient.matMul(w.up())); // [B,T,d]
    }
  }

  /** Half of the gate product's gradient, through the activation's slope. */
  private NDArray halved(NDArray gradient, NDArray z, DecoderLayer w) {
    try (NDArray sloped = slope.apply(z)) {
      return Ops.mul(Ops.mul(gradient.matMul(w.down()), half), sloped);
    }
  }
}
