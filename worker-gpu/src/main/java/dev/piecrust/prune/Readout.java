package dev.piecrust.prune;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.piecrust.feature.Prediction;
import dev.piecrust.feature.Predictions;
import dev.piecrust.model.TokenBatch;
import dev.piecrust.model.Tokenizer;
import dev.piecrust.model.Transformer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads a prompt in words: its tokens, and what the model expects after it. */
public final class Readout {
  private final Tokenizer tokenizer;
  private final List<String> tokens;
  private final List<String> corruptedTokens;
  private final List<Prediction> clean;
  private final List<Prediction> corrupted;

  /** Runs the corrupted prompt. */
  public Readout(PromptRun run) {
    Transformer model = run.batch().model();
    tokenizer = model.tokenizer();
    tokens = words(run.pair().clean());
    corruptedTokens = words(run.pair().corrupted());
    try (NDManager scope = run.manager().newSubManager()) {
      clean = last(run.cleanLogProbs().get(scope, new NDIndex("-1:")));
      NDArray hidden =
          model.run(scope, new TokenBatch(List.of(run.pair().corrupted())), List.of()); // [1, T, d]
      NDArray logits = model.unembed(hidden.get(new NDIndex("0, -1:"))); // [1, V]
      corrupted = last(logits.logSoftmax(1));
    }
  }

  private List<String> words(int[] ids) {
    return Arrays.stream(ids).mapToObj(tokenizer::token).toList();
  }

  private List<Prediction> last(NDArray logProbs) {
    return TopTokens.of(logProbs).get(0).predictions(tokenizer);
  }

  /**
   * All of it together.
   *
   * @param patched by budget
   */
  Predictions predictions(SortedMap<Integer, TopTokens> patched) {
    SortedMap<Integer, List<Prediction>> words = new TreeMap<>();
    patched.forEach((budget, top) -> words.put(budget, top.predictions(tokenizer)));
    boolean bos = tokenizer.bos().isPresent();
    return new Predictions(tokens, corruptedTokens, clean, corrupted, words, Optional.of(bos));
  }
}
