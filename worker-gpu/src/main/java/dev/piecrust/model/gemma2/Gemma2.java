package dev.piecrust.model.gemma2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.piecrust.model.Ops;
import dev.piecrust.model.Tokenizer;
import dev.piecrust.model.decoder.Decoder;
import dev.piecrust.model.decoder.DecoderWeights;

/** A Gemma-2 (docs/method.md §2). Its {@code mlp_out} is after the norm that follows the MLP. */
public final class Gemma2 extends Decoder {
  private final Gemma2Config config;
  private final DecoderWeights weights;

  /**
   * @param weights as they are on disk, norms being what is added to 1
   * @param manager of the model's own constants; the model closes it, and with it whatever weights
   *     are in there
   */
  public Gemma2(
      Gemma2Config config,
      DecoderWeights weights,
      Tokenizer tokenizer,
      String fingerprint,
      NDManager manager) {
    super(config.decoder(), withWholeNorms(weights, manager), tokenizer, fingerprint, manager);
    this.config = config;
    this.weights = weights;
  }

  private static DecoderWeights withWholeNorms(DecoderWeights weights, NDManager manager) {
    NDArray one = Ops.scalar(manager, 1, weights.embed().getDataType());
    return weights.withNorms(
        norm -> {
          NDArray whole = norm.add(one);
          whole.attach(manager);
          return whole;
        });
  }

  /** Its shape and constants. */
  public Gemma2Config config() {
    return config;
  }

  /** The weights as they are on disk. */
  public DecoderWeights weights() {
    return weights;
  }
}
