package dev.piecrust.model.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.piecrust.model.Ops;
import dev.piecrust.model.TokenBatch;
import dev.piecrust.model.Trace;
import dev.piecrust.model.decoder.RmsNorm.Normed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The pass from tokens to the end of the residual stream, layer by layer.
 *
 * @param embedScale a scalar array, if embeddings are scaled
 */
record DecoderForward(
    DecoderWeights weights,
    Optional<NDArray> embedScale,
    RmsNorm norm,
    GroupedAttention attention,
    GatedMlp mlp,
    Positions positions) {
  /**
   * What one layer leaves behind.
   *
   * @param residMid {@code [B,T,d]}
   * @param mlpOut {@code [B,T,d]}
   * @param next the stream after the layer, {@code [B,T,d]}
   * @param constants for what comes after the pass
   */
  record Layer(
      NDArray residMid, NDArray mlpOut, NDArray next, DecoderConstants.OfLayer constants) {}

  /** Sees each layer as it is done; arrays it does not take away are freed. */
  interface Observer {
    void see(Layer layer);
  }

  /** What a layer has read before: keys and values as views that belong to {@code scope}. */
  interface Past {
    Optional<GroupedAttention.Cache> of(int layer, NDManager scope);
  }

  /**
   * The residual stream after the last layer, {@code [B,T,d]}.
   *
   * @param scope of everything that the pass makes and does not hand out
   * @param patch {@code [B,T,d]} a layer, subtracted from what the MLP adds; empty for none
   */
  NDArray stream(NDManager scope, TokenBatch batch, List<NDArray> patch, Observer observer) {
    return stream(scope, batch, 0, (layer, inLayer) -> Optional.empty(), patch, observer);
  }

  /**
   * The same for tokens that come after others.
   *
   * @param from position of the first token
   * @param past keys and values of the positions before it
   * @param patch {@code [B,T,d]} or {@code [B,1,d]} a layer
   */
  NDArray stream(
      NDManager scope,
      TokenBatch batch,
      int from,
      Past past,
      List<NDArray> patch,
      Observer observer) {
    Positions.Slice slice = positions.between(scope, from, from + batch.width());
    NDArray rows = Ops.embed(batch.ids(scope), weights.embed()); // [B,T,d]
    NDArray x = embedScale.map(scale -> Ops.mul(rows, scale)).orElse(rows);
    for (int l = 0; l < weights.layerCount(); l++) {
      try (NDManager inLayer = scope.newSubManager()) {
        x.attach(inLayer);
        Layer layer = layer(x, l, slice, past.of(l, inLayer));
        x = patch.isEmpty() ? layer.next() : layer.next().sub(patch.get(l));
        x.attach(scope);
        observer.see(layer);
      }
    }
    return x;
  }

  /** A pass that hands what it leaves behind to {@code target}. */
  Trace trace(NDManager scope, NDManager target, TokenBatch batch, List<NDArray> patch) {
    List<Layer> layers = new ArrayList<>();
    NDArray stream =
        stream(
            scope,
            batch,
            patch,
            layer -> {
              target.attachAll(layer.residMid(), layer.mlpOut());
              layer.constants().attach(target);
              layers.add(layer);
            });
    Normed last = last(stream);
    target.attachAll(last.out(), last.denominator());
    // A trace may outlive the patch that it was made with.
    List<NDArray> own = patch.stream().map(NDArray::duplicate).toList();
    own.forEach(copy -> copy.attach(target));
    return new Trace(
        batch,
        layers.stream().map(Layer::residMid).toList(),
        layers.stream().map(Layer::mlpOut).toList(),
        last.out(),
        new DecoderConstants(
            layers.stream().map(Layer::constants).toList(), last.denominator(), own));
  }

  /** Final-normed rows of the stream after the last layer. */
  Normed last(NDArray x) {
    return norm.forward(x, weights.norm());
  }

  /**
   * One layer on the stream {@code x}, {@code [B,T,d]}, whose manager gets what is read of it.
   *
   * @param past keys and values of the positions before {@code slice}, of one prompt that all rows
   *     share or of each row
   */
  Layer layer(NDArray x, int l, Positions.Slice slice, Optional<GroupedAttention.Cache> past) {
    DecoderLayer w = weights.layer(l, x.getManager());
    Normed normed = norm.forward(x, w.attentionNorm());
    GroupedAttention.Result attended = attention.forward(normed.out(), w, slice.layer(l), past);
    Optional<Normed> attentionPost = after(attended.out(), w.attentionPostNorm());
    NDArray residMid = x.add(attentionPost.map(Normed::out).orElse(attended.out()));
    NDArray written = mlp.forward(norm.forward(residMid, w.mlpNorm()).out(), w);
    Optional<Normed> mlpPost = after(written, w.mlpPostNorm());
    NDArray mlpOut = mlpPost.map(Normed::out).orElse(written);
    DecoderConstants.OfLayer constants =
        new DecoderConstants.OfLayer(
            normed.denominator(),
            attended.pattern(),
            attended.cache(),
            attentionPost.map(Normed::denominator),
            mlpPost.map(Normed::denominator));
    return new Layer(residMid, mlpOut, residMid.add(mlpOut), constants);
  }

  private Optional<Normed> after(NDArray written, Optional<NDArray> postNorm) {
    return postNorm.map(weight -> norm.forward(written, weight));
  }
}
