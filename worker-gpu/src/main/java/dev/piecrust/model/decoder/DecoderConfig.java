package dev.piecrust.model.decoder;

import java.util.OptionalDouble;

/**
 * What tells one model's pass from another's; post-norms are there where the weights have them.
 * Attention must have a window for each layer and a frequency for each rotated pair.
 *
 * @param shape of the tensors
 * @param normEpsilon added to the mean square in every norm
 * @param embedScale what embeddings are multiplied by, if by anything
 * @param attention of all layers
 * @param activation of the MLP's gate
 * @param finalCap the soft-cap of the logits, if they have one
 */
public record DecoderConfig(
    DecoderShape shape,
    double normEpsilon,
    OptionalDouble embedScale,
    AttentionConfig attention,
    Activation activation,
    OptionalDouble finalCap) {
  public DecoderConfig {
    if (attention.windows().size() != shape.layers()
        || attention.frequencies().size() != shape.headSize() / 2) {
      throw new IllegalArgumentException(attention + " does not fit " + shape);
    }
  }
}
