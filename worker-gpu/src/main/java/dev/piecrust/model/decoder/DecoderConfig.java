package dev.piecrust.model.decoder;

import java.util.OptionalDouble;

/**
 * What tells one model's pass from another's; post-norms are there where the weights have them.
 * Attention must have an entry for each layer, with a frequency for each rotated pair.
 *
 * @param shape of the tensors
 * @param normEpsilon added to the mean square in every norm
 * @param embedScale what embeddings are multiplied by, if by anything
 * @param attention of all layers
 * @param activation of the MLP's gate
 * @param finalCap the soft-cap of the logits, if they have one
 * @param onePlusNorms whether normed rows are multiplied by 1 plus a norm's weights, not by them
 */
public record DecoderConfig(
    DecoderShape shape,
    double normEpsilon,
    OptionalDouble embedScale,
    AttentionConfig attention,
    Activation activation,
    OptionalDouble finalCap,
    boolean onePlusNorms) {
  public DecoderConfig {
    int pairs = shape.headSize() / 2;
    if (attention.layers().size() != shape.layers()
        || attention.layers().stream().anyMatch(l -> l.frequencies().size() != pairs)) {
      throw new IllegalArgumentException(attention + " does not fit " + shape);
    }
  }
}
