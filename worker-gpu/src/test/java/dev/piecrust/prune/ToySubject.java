package dev.piecrust.prune;

import ai.djl.ndarray.NDManager;
import dev.piecrust.model.Tokenizer;
import dev.piecrust.model.Transformer;
import dev.piecrust.task.PromptPair;
import dev.piecrust.task.TokenizedPair;
import dev.piecrust.tensor.RawTensor;
import dev.piecrust.tensor.SafeTensorsWriter;
import dev.piecrust.tensor.TensorRuntime;
import dev.piecrust.transcoder.Transcoder;
import dev.piecrust.transcoder.Transcoders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@link ToyTransformer} with a transcoder of two features a layer, worked out by hand.
 *
 * <p>Both encoders are the identity, so on the pair (clean: BOS, token 1; corrupted: BOS, token 2)
 * the activations at position 1 are (2, 1) and (0, 3) in layer 0, (4, 2) and (0, 6) in layer 1:
 * deltas 2, −2, 4, −4.
 */
public final class ToySubject implements AutoCloseable {
  /** The pair above; token 1 is the right answer, token 2 the wrong one. */
  static final TokenizedPair PAIR =
      new TokenizedPair(
          new PromptPair("one", "two", " one", " two"), new int[] {0, 1}, new int[] {0, 2}, 1, 2);

  public final NDManager manager = TensorRuntime.start().newManager();
  public final Transformer model;
  public final Transcoder transcoder;
  private final TokenizedPair pair;

  public ToySubject(Path folder) throws IOException {
    // Feature 0 of layer 0 writes (1, 0) and (½, 0); feature 1 writes (0, 1) and (1, 1).
    this(folder, PAIR, new float[] {1, 0, 0.5f, 0, 0, 1, 1, 1}, new float[] {1, 0, 0, 1});
  }

  /**
   * The toy with other writes.
   *
   * @param first decoder of layer 0, [2, 2, 2]
   * @param second decoder of layer 1, [2, 1, 2]
   */
  public ToySubject(Path folder, TokenizedPair pair, float[] first, float[] second)
      throws IOException {
    this.pair = pair;
    Files.writeString(
        folder.resolve("tokenizer.json"),
        """
        {"version": "1.0", "added_tokens": [{"id": 0, "content": "<s>", "special": true,
          "single_word": false, "lstrip": false, "rstrip": false, "normalized": false}],
         "pre_tokenizer": {"type": "Whitespace"},
         "model": {"type": "WordLevel", "vocab": {"<s>": 0, "one": 1, "two": 2}, "unk_token": "<s>"}}
        """);
    Files.writeString(folder.resolve("tokenizer_config.json"), "{\"bos_token\": \"<s>\"}");
    model = new ToyTransformer(manager, Tokenizer.load(folder));
    writeTranscoder(folder, first, second);
    transcoder = Transcoders.load(folder, manager, 2, 2);
  }

  private static void writeTranscoder(Path folder, float[] first, float[] second)
      throws IOException {
    Files.writeString(
        folder.resolve("config.yaml"),
        """
        model_kind: cross_layer_transcoder
        feature_input_hook: hook_resid_mid
        feature_output_hook: hook_mlp_out
        model_name: toy
        """);
    for (int layer = 0; layer < 2; layer++) {
      Map<String, RawTensor> encoder = new LinkedHashMap<>();
      encoder.put("W_enc_" + layer, RawTensor.ofFloats(new float[] {1, 0, 0, 1}, 2, 2));
      encoder.put("b_enc_" + layer, RawTensor.ofFloats(new float[2], 2));
      encoder.put("b_dec_" + layer, RawTensor.ofFloats(new float[2], 2));
      SafeTensorsWriter.writeRaw(
          folder.resolve("W_enc_" + layer + ".safetensors"), encoder, Map.of());
    }
    write(folder, 0, RawTensor.ofFloats(first, 2, 2, 2));
    write(folder, 1, RawTensor.ofFloats(second, 2, 1, 2));
  }

  private static void write(Path folder, int layer, RawTensor decoder) {
    SafeTensorsWriter.writeRaw(
        folder.resolve("W_dec_" + layer + ".safetensors"),
        Map.of("W_dec_" + layer, decoder),
        Map.of());
  }

  /** A batch of the pair alone. */
  public PruningBatch batch(dev.piecrust.campaign.Corruption corruption) {
    List<PairActivations> found =
        new OccurrenceFinder(model, transcoder).find(manager, List.of(pair), corruption);
    return new PruningBatch(
        manager, model, transcoder, List.of(pair), List.of(found.get(0).occurrences(corruption)));
  }

  @Override
  public void close() {
    transcoder.close();
    model.close();
    manager.close();
  }
}
