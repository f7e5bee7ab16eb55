package dev.piecrust.model.llama;

import ai.djl.ndarray.NDManager;
import dev.piecrust.model.Tokenizer;
import dev.piecrust.model.decoder.Decoder;
import dev.piecrust.model.decoder.DecoderWeights;

/** A Llama-3 (docs/method.md §2). */
public final class Llama extends Decoder {
  private final LlamaConfig config;
  private final DecoderWeights weights;

  /**
   * @param manager of the model's own constants; the model closes it, and with it whatever weights
   *     are in there
   */
  public Llama(
      LlamaConfig config,
      DecoderWeights weights,
      Tokenizer tokenizer,
      String fingerprint,
      NDManager manager) {
    super(config.decoder(), weights, tokenizer, fingerprint, manager);
    this.config = config;
    this.weights = weights;
  }

  /** Its shape and constants. */
  public LlamaConfig config() {
    return config;
  }

  /** The weights themselves: training changes them in place. */
  public DecoderWeights weights() {
    return weights;
  }
}
