package dev.piecrust.model.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.piecrust.model.Trace;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one pass leaves for linear models around it, and for passes that start in its middle.
 *
 * @param layers one a layer
 * @param finalDenominator of the final norm, {@code [B,T,1]}
 * @param patch what the pass subtracted, {@code [B,T,d]} a layer, or empty
 */
record DecoderConstants(List<OfLayer> layers, NDArray finalDenominator, List<NDArray> patch)
    implements Trace.Constants {
  /**
   * What one layer leaves.
   *
   * @param attentionDenominator of the norm before attention, {@code [B,T,1]}
   * @param pattern {@code [B,K,G·T,T]}
   * @param cache keys and values
   * @param attentionPostDenominator of the norm after attention, {@code [B,T,1]}, if it is there
   * @param mlpPostDenominator of the norm after the MLP, {@code [B,T,1]}, if it is there
   */
  record OfLayer(
      NDArray attentionDenominator,
      NDArray pattern,
      GroupedAttention.Cache cache,
      Optional<NDArray> attentionPostDenominator,
      Optional<NDArray> mlpPostDenominator) {
    /** Hands the arrays to another manager. */
    void attach(NDManager target) {
      target.attachAll(attentionDenominator, pattern, cache.keys(), cache.values());
      Stream.of(attentionPostDenominator, mlpPostDenominator)
          .flatMap(Optional::stream)
          .forEach(array -> array.attach(target));
    }

    /** Keys and values before a position, as views that belong to {@code scope}. */
    Optional<GroupedAttention.Cache> past(NDManager scope, int position) {
      if (position == 0) {
        return Optional.empty();
      }
      NDIndex before = new NDIndex(":,:,:{}", position);
      return Optional.of(
          new GroupedAttention.Cache(
              cache.keys().get(scope, before), cache.values().get(scope, before)));
    }
  }

  DecoderConstants {
    layers = List.copyOf(layers);
    patch = List.copyOf(patch);
  }
}
