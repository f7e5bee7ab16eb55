package dev.piecrust.model.llama;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.piecrust.model.Trace;
import java.util.List;
import java.util.Optional;

/**
 * What one pass leaves for linear models around it, and for passes that start in its middle.
 *
 * @param patterns {@code [B,K,G·T,T]} a layer
 * @param attentionDenominators of the norms before attention, {@code [B,T,1]} a layer
 * @param finalDenominator of the final norm, {@code [B,T,1]}
 * @param caches keys and values a layer
 * @param patch what the pass subtracted, {@code [B,T,d]} a layer, or empty
 */
record LlamaConstants(
    List<NDArray> patterns,
    List<NDArray> attentionDenominators,
    NDArray finalDenominator,
    List<Attention.Cache> caches,
    List<NDArray> patch)
    implements Trace.Constants {
  LlamaConstants {
    patterns = List.copyOf(patterns);
    attentionDenominators = List.copyOf(attentionDenominators);
    caches = List.copyOf(caches);
    patch = List.copyOf(patch);
  }

  /**
   * Keys and values of layer {@code l} before a position, as views that belong to {@code scope}.
   */
  Optional<Attention.Cache> past(NDManager scope, int l, int position) {
    if (position == 0) {
      return Optional.empty();
    }
    NDIndex before = new NDIndex(":,:,:{}", position);
    Attention.Cache all = caches.get(l);
    return Optional.of(
        new Attention.Cache(all.keys().get(scope, before), all.values().get(scope, before)));
  }
}
