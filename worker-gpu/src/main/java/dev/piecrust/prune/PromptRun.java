package dev.piecrust.prune;

import static dev.piecrust.failure.PieCrustException.numeric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.piecrust.campaign.Metric;
import dev.piecrust.model.TokenBatch;
import dev.piecrust.model.Trace;
import dev.piecrust.task.TokenizedPair;
import java.util.Collections;
import java.util.List;

/**
 * One prompt of a batch by itself: its clean run, which patched runs are compared with and start
 * from.
 */
public final class PromptRun implements AutoCloseable {
  private final PruningBatch batch;
  private final int prompt;
  private final TaskMetric metric;
  private final NDManager scope;
  private final Trace clean;
  private final NDArray logProbs; // [T, V]
  private final double cleanMetric;
  private final List<NDArray> all; // per layer [1, T, d]

  /** Runs the prompt with nothing removed. */
  public PromptRun(PruningBatch batch, int prompt, Metric metric) {
    this.batch = batch;
    this.prompt = prompt;
    this.metric = TaskMetric.of(metric);
    this.scope = batch.manager().newSubManager();
    try {
      this.clean = batch.model().trace(scope, copies(1));
      NDArray logits = batch.model().unembed(clean.hidden()); // [1, T, V]
      this.logProbs = logits.get(0).logSoftmax(1);
      this.cleanMetric = this.metric.value(logits, pair()).toFloatArray()[0];
      this.all = batch.write(scope, List.of(batch.all(prompt)), length());
    } catch (RuntimeException | Error e) {
      scope.close();
      throw e;
    }
    if (!Double.isFinite(cleanMetric)) {
      scope.close();
      throw numeric("the clean run gave logits that are not numbers");
    }
  }

  /** The occurrences of this prompt. */
  public Occurrences occurrences() {
    return batch.occurrences(prompt);
  }

  /** The batch that the prompt is of. */
  public PruningBatch batch() {
    return batch;
  }

  /** Which prompt of the batch it is, from 0. */
  public int prompt() {
    return prompt;
  }

  /** Its clean and its corrupted tokens, with both answers. */
  public TokenizedPair pair() {
    return batch.pair(prompt);
  }

  /** What is measured at its last position. */
  public TaskMetric metric() {
    return metric;
  }

  /** {@code T}. */
  int length() {
    return batch.tokens().length(prompt);
  }

  /** The clean run of this prompt alone. */
  Trace clean() {
    return clean;
  }

  /** {@code m} of the clean run. */
  public double cleanMetric() {
    return cleanMetric;
  }

  /** The clean run's log-probabilities, [T, V]. */
  NDArray cleanLogProbs() {
    return logProbs;
  }

  /** The clean run's log-probabilities at the last position, [V]. */
  public NDArray cleanLast(NDManager target) {
    return logProbs.get(target, new NDIndex("-1"));
  }

  /** What everything together writes: per layer [1, T, d]. */
  List<NDArray> all() {
    return all;
  }

  /** Where its arrays live, for as long as the run. */
  public NDManager manager() {
    return scope;
  }

  /** The prompt, {@code rows} times. */
  public TokenBatch copies(int rows) {
    return new TokenBatch(Collections.nCopies(rows, pair().clean()));
  }

  /** The patch that keeps each set and removes the rest: per layer [sets.size(), T, d]. */
  public List<NDArray> removingAllBut(NDManager target, List<int[]> kept) {
    List<OccurrenceSet> sets = kept.stream().map(s -> OccurrenceSet.of(prompt, s)).toList();
    List<NDArray> written = batch.write(target, sets, length());
    for (int t = 0; t < written.size(); t++) {
      written.get(t).negi().addi(all.get(t)); // Σ_{∉S} = Σ_all − Σ_S
    }
    return written;
  }

  @Override
  public void close() {
    scope.close();
  }
}
