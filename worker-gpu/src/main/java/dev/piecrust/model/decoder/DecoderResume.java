package dev.piecrust.model.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.piecrust.model.Trace;
import java.util.List;
import java.util.Optional;

/**
 * The pass of variants of one traced prompt, over the layers and positions that their patches can
 * change (docs/method.md §6).
 */
record DecoderResume(DecoderForward forward) {
  /**
   * The residual stream after the last layer, {@code [R,T−position,d]}; the parameters as for
   * {@link dev.piecrust.model.Transformer#resume}.
   */
  NDArray stream(NDManager scope, Trace base, int layer, int position, List<NDArray> patch) {
    DecoderConstants constants = (DecoderConstants) base.constants();
    NDIndex rest = new NDIndex(":,{}:", position);
    Positions.Slice slice = forward.positions().between(scope, position, base.batch().width());
    NDArray start =
        base.residMid()
            .get(layer)
            .get(scope, rest)
            .add(base.mlpOut().get(layer).get(scope, rest)); // [1,T−position,d]
    NDArray x = without(start, constants, layer, rest).sub(patch.get(0)); // [R,T−position,d]
    for (int l = layer + 1; l < forward.weights().layerCount(); l++) {
      try (NDManager inLayer = scope.newSubManager()) {
        x.attach(inLayer);
        Optional<GroupedAttention.Cache> past = constants.layers().get(l).past(inLayer, position);
        NDArray next = forward.layer(x, l, slice, past).next();
        x = without(next, constants, l, rest).sub(patch.get(l - layer));
        x.attach(scope);
      }
    }
    return x;
  }

  /** The stream less what the base itself subtracts after layer {@code l}. */
  private static NDArray without(NDArray x, DecoderConstants constants, int l, NDIndex rest) {
    return constants.patch().isEmpty()
        ? x
        : x.sub(constants.patch().get(l).get(x.getManager(), rest));
  }
}
