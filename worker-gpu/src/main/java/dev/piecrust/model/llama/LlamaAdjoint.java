package dev.piecrust.model.llama;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;

/** The transposed pass of the local replacement model (METHOD §5), which is linear. */
record LlamaAdjoint(LlamaWeights weights, Attention attention) {

  /** {@code g[t] = ∂m/∂y[t]}, {@code [B,T,d]} a layer, from {@code ∂m/∂hidden}. */
  List<NDArray> of(NDManager target, LlamaConstants constants, NDArray hiddenGradient) {
    NDArray[] g = new NDArray[weights.layers().size()];
    try (NDManager scope = target.newSubManager()) {
      NDArray start = hiddenGradient.duplicate();
      start.attach(scope);
      NDArray gradient = RmsNorm.apply(start, constants.finalDenominator(), weights.norm());
      for (int t = weights.layers().size() - 1; t >= 0; t--) {
        // y[t] is added to the stream as it is, and the MLP that made it is a constant.
        g[t] = gradient;
        if (t > 0) {
          LlamaLayer w = weights.layers().get(t);
          NDArray normed = attention.adjoint(gradient, w, constants.patterns().get(t));
          NDArray denominator = constants.attentionDenominators().get(t);
          gradient = gradient.add(RmsNorm.apply(normed, denominator, w.attentionNorm()));
        }
      }
      target.attachAll(g);
    }
    return Arrays.asList(g);
  }
}
