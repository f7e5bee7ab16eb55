package dev.piecrust.model.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.piecrust.model.InputHook;
import dev.piecrust.model.Skip;
import dev.piecrust.model.Trace;
import dev.piecrust.model.Transformer.Linearity;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The transposed pass of the linear models around a trace (docs/method.md §5). */
record DecoderAdjoint(
    DecoderWeights weights, RmsNorm norm, GroupedAttention attention, GatedMlp mlp) {

  /**
   * {@code g[t] = ∂m/∂y[t]}, {@code [B,T,d]} a layer, from {@code ∂m/∂hidden}.
   *
   * @param target gets the result, {@code scope} everything else
   */
  List<NDArray> of(
      NDManager scope,
      NDManager target,
      Trace trace,
      NDArray hiddenGradient,
      Linearity linearity,
      Skip skip) {
    DecoderConstants constants = (DecoderConstants) trace.constants();
    NDArray[] g = new NDArray[weights.layerCount()];
    NDArray start = copy(scope, hiddenGradient);
    NDArray gradient = RmsNorm.apply(start, constants.finalDenominator(), weights.norm());
    for (int t = weights.layerCount() - 1; t >= 0; t--) {
      // y[t] is added to the stream as it is.
      g[t] = gradient;
      gradient.attach(target);
      if (t > 0) {
        try (NDManager inLayer = scope.newSubManager()) {
          gradient = before(copy(inLayer, gradient), trace, t, linearity, skip);
          gradient.attach(scope);
        }
      }
    }
    return Arrays.asList(g);
  }

  /** A gradient with respect to the stream after layer {@code t}, pulled back to before it. */
  private NDArray before(NDArray after, Trace trace, int t, Linearity linearity, Skip skip) {
    DecoderLayer w = weights.layer(t, after.getManager());
    DecoderConstants.OfLayer c = ((DecoderConstants) trace.constants()).layers().get(t);
    NDArray x = trace.residMid().get(t);
    NDArray residMid =
        switch (linearity) {
          case RELP -> throughMlp(after, x, w, c);
          case LOCAL ->
              skip.weight(t)
                  .map(weight -> after.add(throughSkip(after, x, w, skip.hook(), weight)))
                  .orElse(after);
        };
    return residMid.add(throughAttention(residMid, w, c));
  }

  /** What a gradient with respect to {@code y} is at {@code resid_mid} by way of the skip alone. */
  private NDArray throughSkip(
      NDArray gradient, NDArray residMid, DecoderLayer w, InputHook hook, NDArray weight) {
    NDArray pulled = gradient.matMul(weight); // [B,T,d], with respect to what the encoder reads
    if (hook == InputHook.RESID_MID) {
      return pulled;
    }
    NDArray denominator = norm.denominator(copy(gradient.getManager(), residMid));
    return hook == InputHook.MLP_IN
        ? RmsNorm.apply(pulled, denominator, w.mlpNorm())
        : pulled.div(denominator);
  }

  private static NDArray copy(NDManager scope, NDArray array) {
    NDArray copy = array.duplicate();
    copy.attach(scope);
    return copy;
  }

  /** A gradient with respect to the stream after the MLP, pulled back to {@code resid_mid}. */
  private NDArray throughMlp(
      NDArray gradient, NDArray residMid, DecoderLayer w, DecoderConstants.OfLayer c) {
    NDArray x = copy(gradient.getManager(), residMid);
    RmsNorm.Normed normed = norm.forward(x, w.mlpNorm());
    NDArray written = throughPostNorm(gradient, w.mlpPostNorm(), c.mlpPostDenominator());
    NDArray pulled = mlp.relevance(written, normed.out(), w);
    return gradient.add(RmsNorm.apply(pulled, normed.denominator(), w.mlpNorm()));
  }

  private NDArray throughAttention(NDArray gradient, DecoderLayer w, DecoderConstants.OfLayer c) {
    NDArray written =
        throughPostNorm(gradient, w.attentionPostNorm(), c.attentionPostDenominator());
    NDArray pulled = attention.adjoint(written, w, c.pattern());
    return RmsNorm.apply(pulled, c.attentionDenominator(), w.attentionNorm());
  }

  private static NDArray throughPostNorm(
      NDArray gradient, Optional<NDArray> weight, Optional<NDArray> denominator) {
    return denominator.isEmpty()
        ? gradient
        : RmsNorm.apply(gradient, denominator.get(), weight.orElseThrow());
  }
}
