package dev.piecrust.prune;

import ai.djl.ndarray.NDManager;
import dev.piecrust.campaign.Corruption;
import dev.piecrust.model.TokenBatch;
import dev.piecrust.model.Transformer;
import dev.piecrust.task.TokenizedPair;
import dev.piecrust.transcoder.SparseActivations;
import dev.piecrust.transcoder.Transcoder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Finds the occurrences of prompts: their clean and corrupted runs, through the encoders
 * (docs/method.md §1).
 */
public final class OccurrenceFinder {
  private final Transformer model;
  private final Transcoder transcoder;

  /** Looks through a model with the transcoder that was trained for it. */
  public OccurrenceFinder(Transformer model, Transcoder transcoder) {
    this.model = model;
    this.transcoder = transcoder;
  }

  /**
   * The activations of both runs of each pair.
   *
   * @return one per pair; the corrupted run's are empty where {@code corruption} does not need them
   */
  public List<PairActivations> find(
      NDManager manager, List<TokenizedPair> pairs, Corruption corruption) {
    List<SparseActivations> clean = activations(manager, pairs, TokenizedPair::clean);
    List<SparseActivations> corrupted =
        corruption == Corruption.ZERO
            ? List.of()
            : activations(manager, pairs, TokenizedPair::corrupted);
    List<PairActivations> found = new ArrayList<>();
    for (int b = 0; b < pairs.size(); b++) {
      found.add(
          new PairActivations(
              clean.get(b), corrupted.isEmpty() ? SparseActivations.EMPTY : corrupted.get(b)));
    }
    return found;
  }

  private List<SparseActivations> activations(
      NDManager manager, List<TokenizedPair> pairs, Function<TokenizedPair, int[]> side) {
    TokenBatch batch = new TokenBatch(pairs.stream().map(side).toList());
    int[] first = new int[batch.size()];
    int[] length = new int[batch.size()];
    for (int b = 0; b < batch.size(); b++) {
      first[b] = model.tokenizer().leading(batch.prompts().get(b));
      length[b] = batch.length(b);
    }
    try (NDManager scope = manager.newSubManager()) {
      return transcoder.activations(model, model.trace(scope, batch), first, length);
    }
  }
}
