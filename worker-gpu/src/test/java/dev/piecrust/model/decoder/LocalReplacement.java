package dev.piecrust.model.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.piecrust.model.Trace;
import java.util.List;

/**
 * The local replacement model of docs/method.md §5, written head by head from its definition:
 * patterns, denominators and MLP outputs of one traced pass are constants; what is left is a
 * function of additions {@code e[t]} to {@code y[t]}.
 */
final class LocalReplacement {
  private final Decoder model;
  private final Trace trace;
  private final DecoderConstants constants;
  private final NDArray embedded;

  /**
   * @param embedded the stream before the first layer, {@code [B,T,d]}
   */
  LocalReplacement(Decoder model, Trace trace, NDArray embedded) {
    this.model = model;
    this.trace = trace;
    this.constants = (DecoderConstants) trace.constants();
    this.embedded = embedded;
  }

  /** The final-normed stream {@code [B,T,d]}. */
  NDArray hidden(NDManager scope, List<NDArray> additions) {
    NDArray x = embedded.duplicate();
    x.attach(scope);
    for (int l = 0; l < model.layers(); l++) {
      NDArray normed =
          x.div(constants.layers().get(l).attentionDenominator())
              .mul(model.weights().layers().get(l).attentionNorm());
      x = x.add(attention(normed, l)).add(trace.mlpOut().get(l)).add(additions.get(l));
    }
    return x.div(constants.finalDenominator()).mul(model.weights().norm());
  }

  private NDArray attention(NDArray normed, int l) {
    DecoderShape c = model.config().shape();
    DecoderLayer w = model.weights().layers().get(l);
    int h = c.headSize();
    long t = normed.getShape().get(1);
    NDArray sum = normed.zerosLike();
    for (int head = 0; head < c.heads(); head++) {
      int shared = head / c.group();
      int inGroup = head % c.group();
      NDArray pattern = // [B,T,T]
          constants
              .layers()
              .get(l)
              .pattern()
              .get(":,{},{}:{}", shared, inGroup * t, (inGroup + 1) * t);
      NDArray value = w.value().get("{}:{}", shared * h, (shared + 1) * h); // [h,d]
      NDArray output = w.output().get(":,{}:{}", head * h, (head + 1) * h); // [d,h]
      NDArray written = pattern.matMul(normed.matMul(value.transpose())); // [B,T,h]
      sum = sum.add(written.matMul(output.transpose()));
    }
    return sum;
  }
}
