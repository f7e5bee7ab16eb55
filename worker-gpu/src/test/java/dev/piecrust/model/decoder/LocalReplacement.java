package dev.piecrust.model.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.piecrust.model.InputHook;
import dev.piecrust.model.Skip;
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
  private final Skip skip;

  /**
   * @param embedded the stream before the first layer, {@code [B,T,d]}
   * @param skip what of an MLP's output is not a constant
   */
  LocalReplacement(Decoder model, Trace trace, NDArray embedded, Skip skip) {
    this.skip = skip;
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
      NDArray residMid = x.add(attention(normed, l));
      x = residMid.add(trace.mlpOut().get(l)).add(additions.get(l));
      if (skip.weight(l).isPresent()) {
        NDArray weight = skip.weight(l).orElseThrow();
        NDArray moved = read(residMid, l).sub(read(trace.residMid().get(l), l));
        x = x.add(moved.matMul(weight.transpose()));
      }
    }
    return x.div(constants.finalDenominator()).mul(model.weights().norm());
  }

  /** What the encoder reads, the norm's denominator being that of the trace. */
  private NDArray read(NDArray residMid, int l) {
    if (skip.hook() == InputHook.RESID_MID) {
      return residMid;
    }
    NDArray clean = trace.residMid().get(l);
    NDArray epsilon = model.weights().norm().onesLike().mean().mul(model.config().normEpsilon());
    NDArray meanSquare = clean.square().mean(new int[] {2}, true);
    NDArray normed = residMid.div(meanSquare.add(epsilon).sqrt());
    return skip.hook() == InputHook.LN2_NORMALIZED
        ? normed
        : normed.mul(model.weights().layers().get(l).mlpNorm());
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
