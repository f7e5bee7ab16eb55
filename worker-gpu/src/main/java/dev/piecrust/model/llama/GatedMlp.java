package dev.piecrust.model.llama;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.piecrust.model.Ops;

/**
 * The gated MLP {@code (act(z) · u)·downᵀ} with {@code z = x·gateᵀ} and {@code u = x·upᵀ}, forwards
 * and, made linear, backwards.
 *
 * @param half 1/2, a scalar array
 */
record GatedMlp(NDArray half) {
  /** What the MLP makes of normed rows {@code [B,T,d]}. */
  static NDArray forward(NDArray normed, LlamaLayer w) {
    NDArray z = Ops.linear(normed, w.gate()); // [B,T,I]
    NDArray inner = z.mul(slope(z)).mul(Ops.linear(normed, w.up())); // [B,T,I]
    return Ops.linear(inner, w.down()); // [B,T,d]
  }

  /**
   * The gradient with respect to normed rows of a gradient {@code [B,T,d]} with respect to what the
   * MLP made of them, by the identity and the half rule (METHOD §5, {@code clt-relp}).
   */
  NDArray relevance(NDArray gradient, NDArray normed, LlamaLayer w) {
    NDArray z = Ops.linear(normed, w.gate()); // [B,T,I]
    NDArray slope = slope(z); // [B,T,I]
    NDArray inner = gradient.matMul(w.down()).mul(half).mul(slope); // [B,T,I]
    NDArray throughGate = inner.mul(Ops.linear(normed, w.up())).matMul(w.gate());
    return throughGate.add(inner.mul(z).matMul(w.up())); // [B,T,d]
  }

  /** {@code act(z)/z}; where {@code z} is 0 its limit {@code act'(0)}. */
  private static NDArray slope(NDArray z) {
    return JniUtils.sigmoid((PtNDArray) z);
  }
}
