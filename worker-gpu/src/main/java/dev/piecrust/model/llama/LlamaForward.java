package dev.piecrust.model.llama;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.piecrust.model.Ops;
import dev.piecrust.model.TokenBatch;
import java.util.List;

/** The pass from tokens to the end of the residual stream, layer by layer. */
record LlamaForward(LlamaWeights weights, RmsNorm norm, Attention attention, Positions positions) {
  /** What one layer leaves behind, all {@code [B,T,d]} but the last two, see the constants. */
  record Layer(
      NDArray residMid, NDArray mlpOut, NDArray next, NDArray pattern, NDArray denominator) {}

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
    Positions.Slice slice = positions.upTo(scope, batch.width());
    NDArray x = Ops.embed(batch.ids(scope), weights.embed()); // [B,T,d]
    for (int l = 0; l < weights.layers().size(); l++) {
      try (NDManager inLayer = scope.newSubManager()) {
        x.attach(inLayer);
        Layer layer = layer(x, weights.layers().get(l), slice);
        x = patch.isEmpty() ? layer.next() : layer.next().sub(patch.get(l));
        x.attach(scope);
        observer.see(layer);
      }
    }
    return x;
  }

  private Layer layer(NDArray x, LlamaLayer w, Positions.Slice slice) {
    NDArray denominator = norm.denominator(x); // [B,T,1]
    NDArray normed = RmsNorm.apply(x, denominator, w.attentionNorm());
    Attention.Result attended = attention.forward(normed, w, slice);
    NDArray residMid = x.add(attended.out());
    NDArray mlpOut = mlp(RmsNorm.apply(residMid, norm.denominator(residMid), w.mlpNorm()), w);
    return new Layer(residMid, mlpOut, residMid.add(mlpOut), attended.pattern(), denominator);
  }

  private static NDArray mlp(NDArray normed, LlamaLayer w) {
    NDArray gate = Ops.silu(Ops.linear(normed, w.gate())); // [B,T,I]
    return Ops.linear(gate.mul(Ops.linear(normed, w.up())), w.down()); // [B,T,d]
  }
}
