package dev.piecrust.evidence;

import ai.djl.ndarray.NDManager;
import dev.piecrust.model.TokenBatch;
import dev.piecrust.model.Transformer;
import dev.piecrust.transcoder.FeatureEncoder;
import dev.piecrust.transcoder.FeatureHit;
import java.util.List;

/**
 * Runs token sequences through the model and finds where features are active (docs/method.md §7,
 * §8).
 */
public final class WindowScan {
  private final Transformer model;
  private final FeatureEncoder encoder;
  private final WindowTokens tokens;

  /**
   * Looks for the features of one list.
   *
   * @param encoder of these features
   * @param tokens of the model's tokenizer; they say which activations count
   */
  public WindowScan(Transformer model, FeatureEncoder encoder, WindowTokens tokens) {
    this.model = model;
    this.encoder = encoder;
    this.tokens = tokens;
  }

  /** Per sequence, one entry for each feature that is active in it. */
  public List<List<FeatureHit>> hits(NDManager manager, List<int[]> sequences) {
    try (NDManager scope = manager.newSubManager()) {
      return encoder.hits(
          model,
          model.trace(scope, new TokenBatch(sequences)),
          sequences.stream().map(tokens::counted).toList());
    }
  }
}
