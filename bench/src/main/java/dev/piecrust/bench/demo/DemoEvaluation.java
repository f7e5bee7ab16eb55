package dev.piecrust.bench.demo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.piecrust.model.TokenBatch;
import dev.piecrust.model.Transformer;
import dev.piecrust.task.PairChecks;
import dev.piecrust.task.PromptPair;
import dev.piecrust.task.TokenizedPair;
import java.util.List;

/** Measures a demo model on what its training left out. */
public final class DemoEvaluation {
  /** No training seed makes this stream. */
  private static final long WINDOW_SEED = -1;

  private static final int WINDOWS = 200;

  private final NDManager manager;
  private final Transformer model;

  private DemoEvaluation(NDManager manager, Transformer model) {
    this.manager = manager;
    this.model = model;
  }

  /**
   * Measures a model.
   *
   * @param parent of what that needs in between
   */
  public static DemoQuality measure(Transformer model, NDManager parent) {
    try (NDManager manager = parent.newSubManager()) {
      return new DemoEvaluation(manager, model).measure();
    }
  }

  private DemoQuality measure() {
    HeldOutPrompts heldOut = new HeldOutPrompts(model.tokenizer());
    WindowStream windows = new WindowStream(DemoLanguage.whole(), model.tokenizer(), WINDOW_SEED);
    try (NDManager scope = manager.newSubManager()) {
      return new DemoQuality(
          HeldOutPrompts.COUNT,
          accuracy(heldOut.ioi()),
          accuracy(heldOut.docstring()),
          WINDOWS,
          ModelTraining.loss(scope, model, windows.next(WINDOWS)).getFloat());
    }
  }

  /** Share of pairs whose right answer's logit is above the wrong one's. */
  private double accuracy(List<PromptPair> pairs) {
    List<TokenizedPair> checked =
        pairs.stream().map(p -> PairChecks.check(p, model.tokenizer(), "held-out")).toList();
    TokenBatch batch = new TokenBatch(checked.stream().map(TokenizedPair::clean).toList());
    try (NDManager scope = manager.newSubManager()) {
      NDArray hidden = model.run(scope, batch, List.of()); // [B, T, d]
      int right = 0;
      for (int b = 0; b < checked.size(); b++) {
        NDArray last = hidden.get(new NDIndex("{}, {}", b, batch.length(b) - 1)); // [d]
        float[] logits = model.unembed(last.expandDims(0)).toFloatArray(); // [V]
        if (logits[checked.get(b).right()] > logits[checked.get(b).wrong()]) {
          right++;
        }
      }
      return right / (double) checked.size();
    }
  }
}
