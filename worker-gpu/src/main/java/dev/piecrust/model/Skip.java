package dev.piecrust.model;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;

/**
 * The linear part of each layer's transcoder, which belongs to no feature: {@code y += x·Wᵀ} of
 * what the encoder reads. It stays when features are removed; the local replacement model
 * (docs/method.md §5) has it in place of the MLP's own slope.
 *
 * @param hook where {@code x} is read
 * @param weights {@code W} [d, d] of each layer that has it; an empty list is none at all
 */
public record Skip(InputHook hook, List<Optional<NDArray>> weights) {
  /** No skip in any layer. */
  public static final Skip NONE = new Skip(InputHook.RESID_MID, List.of());

  public Skip {
    weights = List.copyOf(weights);
  }

  /** That of one layer. */
  public Optional<NDArray> weight(int layer) {
    return weights.isEmpty() ? Optional.empty() : weights.get(layer);
  }
}
