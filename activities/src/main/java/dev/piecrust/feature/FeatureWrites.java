package dev.piecrust.feature;

import java.util.List;

/**
 * What a feature writes into the residual stream.
 *
 * @param norms of its decoder rows, from its own layer on
 * @param promoted the tokens whose logits its writes raise most, taken together and straight
 *     through the final norm to the unembedding, as if nothing else were in the stream
 * @param suppressed those that they lower most
 */
public record FeatureWrites(
    List<Double> norms, List<TokenLogit> promoted, List<TokenLogit> suppressed) {
  public FeatureWrites {
    norms = List.copyOf(norms);
    promoted = List.copyOf(promoted);
    suppressed = List.copyOf(suppressed);
  }

  /** A token and its logit. */
  public record TokenLogit(String token, double logit) {}
}
