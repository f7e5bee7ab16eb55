package dev.piecrust.model.llama;

import ai.djl.ndarray.NDArray;
import dev.piecrust.model.Trace;
import java.util.List;

/**
 * What the local replacement model of one pass holds constant, MLP outputs aside.
 *
 * @param patterns {@code [B,K,G·T,T]} a layer
 * @param attentionDenominators of the norms before attention, {@code [B,T,1]} a layer
 * @param finalDenominator of the final norm, {@code [B,T,1]}
 */
record LlamaConstants(
    List<NDArray> patterns, List<NDArray> attentionDenominators, NDArray finalDenominator)
    implements Trace.Constants {
  LlamaConstants {
    patterns = List.copyOf(patterns);
    attentionDenominators = List.copyOf(attentionDenominators);
  }
}
