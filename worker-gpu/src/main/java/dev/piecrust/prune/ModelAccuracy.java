package dev.piecrust.prune;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.piecrust.model.TokenBatch;
import dev.piecrust.model.Transformer;
import dev.piecrust.task.TokenizedPair;
import java.util.BitSet;
import java.util.List;

/** What the untouched model answers, before anything is removed from it (docs/method.md §4). */
public final class ModelAccuracy {
  private final Transformer model;

  /** Of one model. */
  public ModelAccuracy(Transformer model) {
    this.model = model;
  }

  /**
   * The clean prompts at whose last position the right answer's logit is above the wrong one's;
   * those that are too long for the model are not among them.
   *
   * @param beat is told of each batch before it runs
   */
  public BitSet solved(NDManager manager, List<TokenizedPair> pairs, Beat beat) {
    BitSet solved = new BitSet(pairs.size());
    int longest = pairs.stream().mapToInt(TokenizedPair::length).max().orElse(1);
    int chunk = ForwardSize.variants(longest, model.vocabulary());
    for (int from = 0; from < pairs.size(); from += chunk) {
      int to = Math.min(pairs.size(), from + chunk);
      beat.at("the model's own answers to prompts %d to %d".formatted(from, to - 1));
      if (longest <= model.positions()) {
        solved(manager, pairs.subList(from, to), from, solved);
      } else {
        for (int i = from; i < to; i++) {
          if (pairs.get(i).length() <= model.positions()) {
            solved(manager, pairs.subList(i, i + 1), i, solved);
          }
        }
      }
    }
    return solved;
  }

  private void solved(NDManager manager, List<TokenizedPair> pairs, int first, BitSet solved) {
    try (NDManager part = manager.newSubManager()) {
      TokenBatch batch = new TokenBatch(pairs.stream().map(TokenizedPair::clean).toList());
      NDArray hidden = model.run(part, batch, List.of()); // [B, T, d]
      NDList last = new NDList();
      for (int b = 0; b < pairs.size(); b++) {
        last.add(hidden.get(new NDIndex("{}, {}:{}", b, batch.length(b) - 1, batch.length(b))));
      }
      NDArray logits = model.unembed(NDArrays.concat(last, 0)); // [B, V]
      for (int b = 0; b < pairs.size(); b++) {
        float right = logits.getFloat(b, pairs.get(b).right());
        solved.set(first + b, right > logits.getFloat(b, pairs.get(b).wrong()));
      }
    }
  }
}
