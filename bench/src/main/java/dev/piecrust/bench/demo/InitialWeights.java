package dev.piecrust.bench.demo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.piecrust.model.decoder.DecoderWeights;
import dev.piecrust.model.llama.LlamaConfig;
import dev.piecrust.model.llama.LlamaWeights;

/**
 * Weights that a narrow model learns to copy words from. Usual initial weights are too weak for
 * that: attention stays even, and what tells one name from another drowns in what all names share.
 */
final class InitialWeights {
  private static final float MATRIX_GAIN = 4;
  private static final float EMBEDDING_GAIN = 50;

  private InitialWeights() {}

  /**
   * Random weights, with embeddings of spread one, matrices four times as strong as usual, and the
   * unembedding a weak copy of the embedding, so that a word that is copied is also said.
   */
  static DecoderWeights draw(LlamaConfig config, NDManager manager, long seed) {
    DecoderWeights weights = LlamaWeights.random(config, manager, seed);
    weights.embed().copyTo(weights.unembed());
    for (NDArray weight : weights.byName().values()) {
      if (weight == weights.embed()) {
        weight.muli(EMBEDDING_GAIN);
      } else if (weight != weights.unembed() && weight.getShape().dimension() > 1) {
        weight.muli(MATRIX_GAIN);
      }
    }
    return weights;
  }
}
