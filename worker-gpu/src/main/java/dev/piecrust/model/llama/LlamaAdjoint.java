package dev.piecrust.model.llama;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.piecrust.model.Trace;
import dev.piecrust.model.Transformer.Linearity;
import java.util.Arrays;
import java.util.List;

/** The transposed pass of the linear models around a trace (METHOD §5). */
record LlamaAdjoint(LlamaWeights weights, RmsNorm norm, Attention attention, GatedMlp mlp) {

  /** {@code g[t] = ∂m/∂y[t]}, {@code [B,T,d]} a layer, from {@code ∂m/∂hidden}. */
  List<NDArray> of(NDManager target, Trace trace, NDArray hiddenGradient, Linearity linearity) {
    LlamaConstants constants = (LlamaConstants) trace.constants();
    NDArray[] g = new NDArray[weights.layers().size()];
    try (NDManager scope = target.newSubManager()) {
      NDArray start = hiddenGradient.duplicate();
      start.attach(scope);
      NDArray gradient = RmsNorm.apply(start, constants.finalDenominator(), weights.norm());
      gradient.attach(target);
      for (int t = weights.layers().size() - 1; t > 0; t--) {
        // y[t] is added to the stream as it is.
        g[t] = gradient;
        try (NDManager inLayer = scope.newSubManager()) {
          NDArray after = gradient.duplicate();
          after.attach(inLayer);
          NDArray residMid = linearity == Linearity.RELP ? throughMlp(after, trace, t) : after;
          gradient = residMid.add(throughAttention(residMid, constants, t));
          gradient.attach(target);
        }
      }
      g[0] = gradient;
    }
    return Arrays.asList(g);
  }

  /** A gradient with respect to the stream after the MLP, pulled back to {@code resid_mid}. */
  private NDArray throughMlp(NDArray gradient, Trace trace, int t) {
    LlamaLayer w = weights.layers().get(t);
    NDArray x = trace.residMid().get(t).duplicate();
    x.attach(gradient.getManager());
    NDArray denominator = norm.denominator(x); // [B,T,1]
    NDArray normed = RmsNorm.apply(x, denominator, w.mlpNorm());
    NDArray pulled = mlp.relevance(gradient, normed, w);
    return gradient.add(RmsNorm.apply(pulled, denominator, w.mlpNorm()));
  }

  private NDArray throughAttention(NDArray gradient, LlamaConstants constants, int t) {
    LlamaLayer w = weights.layers().get(t);
    NDArray normed = attention.adjoint(gradient, w, constants.patterns().get(t));
    return RmsNorm.apply(normed, constants.attentionDenominators().get(t), w.attentionNorm());
  }
}
