package dev.piecrust.model.llama;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.piecrust.model.Ops;
import dev.piecrust.model.TokenBatch;
import java.util.List;
import java.util.Optional;

/** The pass from tokens to the end of the residual stream, layer by layer. */
record LlamaForward(LlamaWeights weights, RmsNorm norm, Attention attention, Positions positions) {
  /**
   * What one layer leaves behind.
   *
   * @param residMid {@code [B,T,d]}
   * @param mlpOut {@code [B,T,d]}
   * @param next the stream after the layer, {@code [B,T,d]}
   * @param attended of {@link Attention}
   * @param denominator of the norm before attention, {@code [B,T,1]}
   */
  record Layer(
      NDArray residMid,
      NDArray mlpOut,
      NDArray next,
      Attention.Result attended,
      NDArray denominator) {}

  /** Sees each layer as it is done; arrays it does not take away are freed. */
  interface Observer {
    void see(Layer layer);
  }

  /**
   * The residual stream after the last layer, {@code [B,T,d]}.
   *
   * @param scope of everything that the pass makes and does not hand out
   * @param patch {@code [B,T,d]} a layer, subtracted from what the MLP adds; empty for none
   */
  NDArray stream(NDManager scope, TokenBatch batch, List<NDArray> patch, Observer observer) {
    Positions.Slice slice = positions.between(scope, 0, batch.width());
    NDArray x = Ops.embed(batch.ids(scope), weights.embed()); // [B,T,d]
    for (int l = 0; l < weights.layers().size(); l++) {
      try (NDManager inLayer = scope.newSubManager()) {
        x.attach(inLayer);
        Layer layer = layer(x, l, slice, Optional.empty());
        x = patch.isEmpty() ? layer.next() : layer.next().sub(patch.get(l));
        x.attach(scope);
        observer.see(layer);
      }
    }
    return x;
  }

  /**
   * One layer on the stream {@code x}, {@code [B,T,d]}.
   *
   * @param past keys and values of the positions before {@code slice}, shared by all rows
   */
  Layer layer(NDArray x, int l, Positions.Slice slice, Optional<Attention.Cache> past) {
    LlamaLayer w = weights.layers().get(l);
    NDArray denominator = norm.denominator(x); // [B,T,1]
    NDArray normed = RmsNorm.apply(x, denominator, w.attentionNorm());
    Attention.Result attended = attention.forward(normed, w, slice, past);
    NDArray residMid = x.add(attended.out());
    NDArray mlpInput = RmsNorm.apply(residMid, norm.denominator(residMid), w.mlpNorm());
    NDArray mlpOut = GatedMlp.forward(mlpInput, w);
    return new Layer(residMid, mlpOut, residMid.add(mlpOut), attended, denominator);
  }
}
